/** What a file is by its first bytes, for those that are no text. Names and declared types lie; these do not. */
export type MediaKind = "pdf" | "zip" | "ole" | "image";

const SIGNATURES: readonly [kind: MediaKind, bytes: readonly number[]][] = [
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  ["zip", [0x50, 0x4b, 0x05, 0x06]],
  ["ole", [0xd0, 0xcf, 0x11, 0xe0]],
  ["image", [0x89, 0x50, 0x4e, 0x47]],
  ["image", [0xff, 0xd8, 0xff]],
  ["image", [0x47, 0x49, 0x46, 0x38]],
];
/** Readers of PDF accept some bytes before its mark. */
const PDF_MARK = "%PDF-";
const PDF_MARK_WITHIN = 1_024;

export function mediaKind(bytes: Uint8Array): MediaKind | undefined {
  const known = SIGNATURES.find(([, signature]) => signature.every((byte, i) => bytes[i] === byte))?.[0];
  if (known) return known;
  const head = Buffer.from(bytes.subarray(0, PDF_MARK_WITHIN)).toString("latin1");
  return head.includes(PDF_MARK) ? "pdf" : undefined;
}
