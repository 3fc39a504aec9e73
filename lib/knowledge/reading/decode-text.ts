import { AppError } from "#/lib/kernel/app-error.ts";

const SIGNATURES: readonly [kind: string, bytes: readonly number[]][] = [
  ["a PDF", [0x25, 0x50, 0x44, 0x46]],
  ["a Word, Excel or ZIP file", [0x50, 0x4b, 0x03, 0x04]],
  ["an old Office file", [0xd0, 0xcf, 0x11, 0xe0]],
  ["an image", [0x89, 0x50, 0x4e, 0x47]],
  ["an image", [0xff, 0xd8, 0xff]],
  ["an image", [0x47, 0x49, 0x46, 0x38]],
];
const SNIFFED_BYTES = 8_192;
const MAX_CONTROL_SHARE = 0.02;

/** Bytes to text: a byte order mark or declared charset wins, then UTF-8, then Windows-1252 for old Western files. */
export function decodeText(bytes: Uint8Array, mediaType?: string): string {
  const kind = SIGNATURES.find(([, signature]) => signature.every((byte, i) => bytes[i] === byte))?.[0];
  if (kind) {
    throw new AppError(
      "invalid_input",
      `The document is ${kind}, which cannot be read. Save it as text, Markdown or HTML and add it again.`,
    );
  }
  const charset = markedCharset(bytes) ?? /charset=["']?([\w-]+)/i.exec(mediaType ?? "")?.[1];
  const text = charset ? decodeAs(bytes, charset) : decodeUnmarked(bytes);
  if (looksBinary(text)) {
    throw new AppError(
      "invalid_input",
      "The document is not readable text. Save it as UTF-8 text, Markdown or HTML and add it again.",
    );
  }
  return text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
}

function markedCharset([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return undefined;
}

function decodeAs(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError(
      "invalid_input",
      "The document's characters do not match its declared encoding. Save it as UTF-8 and add it again.",
      { cause, context: { charset } },
    );
  }
}

function decodeUnmarked(bytes: Uint8Array): string {
  const isUtf8 = new TextDecoder().decode(bytes.subarray(0)).includes("\uFFFD") === false;
  return new TextDecoder(isUtf8 ? "utf-8" : "windows-1252").decode(bytes);
}

/** Text has line breaks and tabs and next to no other control characters. */
function looksBinary(text: string): boolean {
  const sample = text.slice(0, SNIFFED_BYTES);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is counted.
  const controls = sample.match(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\uFFFD]/g)?.length ?? 0;
  return sample.includes("\u0000") || controls > sample.length * MAX_CONTROL_SHARE;
}
