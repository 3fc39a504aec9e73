import { AppError } from "#/lib/kernel/app-error.ts";
import { type MediaKind, mediaKind } from "./media-kind.ts";

const KINDS: Record<MediaKind, string> = {
  pdf: "a PDF",
  zip: "a Word, Excel or ZIP file",
  ole: "an old Office file",
  image: "an image",
};
const SNIFFED_BYTES = 8_192;
const MAX_CONTROL_SHARE = 0.02;

/** Bytes to text: a byte order mark or declared charset wins, then UTF-8, then Windows-1252 for old Western files. */
export function decodeText(bytes: Uint8Array, mediaType?: string): string {
  const media = mediaKind(bytes);
  if (media) {
    throw new AppError(
      "invalid_input",
      `The document is ${KINDS[media]}, which cannot be read. Save it as text, Markdown, PDF or Word (.docx) and add it again.`,
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
