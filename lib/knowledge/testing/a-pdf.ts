/** One line of a page: its text and the size of its type. */
type Line = readonly [text: string, size?: number];

/** A small real PDF: each page is a list of lines, written in Helvetica from the top. */
export function aPdf(pages: readonly (readonly Line[])[]): Uint8Array {
  const font = pages.length * 2 + 3;
  const kids = pages.map((_, i) => `${i * 2 + 3} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    ...pages.flatMap((lines, i) => {
      const content = drawn(lines);
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${i * 2 + 4} 0 R /Resources << /Font << /F1 ${font} 0 R >> >> >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  return new TextEncoder().encode(withTable(objects));
}

function drawn(lines: readonly Line[]): string {
  let y = 800;
  return lines
    .map(([text, size = 11]) => {
      y -= size * 1.4;
      if (text === "") return "";
      return `BT /F1 ${size} Tf 50 ${y.toFixed(1)} Td (${text.replaceAll(/[()\\]/g, "\\$&")}) Tj ET`;
    })
    .join("\n");
}

function withTable(objects: readonly string[], trailer = ""): string {
  let body = "%PDF-1.4\n";
  const places = objects.map((object, i) => {
    const at = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join("")}`;
  const end = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>`;
  return `${body}${table}${end}\nstartxref\n${body.length}\n%%EOF`;
}

/** One that asks for a password which nobody gives. */
export function anEncryptedPdf(): Uint8Array {
  const empty = "0".repeat(64);
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [] /Count 0 >>",
    `<< /Filter /Standard /V 1 /R 2 /O <${empty}> /U <${empty}> /P -4 >>`,
  ];
  const id = "<00112233445566778899aabbccddeeff>";
  return new TextEncoder().encode(withTable(objects, `/Encrypt 3 0 R /ID [${id} ${id}]`));
}
