import { AppError } from "#/lib/kernel/app-error.ts";
import { mediaKind } from "./media-kind.ts";
import {
  type DocumentSource,
  MAX_DOCUMENT_BYTES,
  type ReadDocument,
  readDocument,
  titleFromName,
  withText,
} from "./read-document.ts";
import { type PaperLimits, readPaper } from "./read-paper.ts";

/** Reads any document that this product knows, by what it is and not by what it is called. */
export async function readContent(source: DocumentSource, limits?: PaperLimits): Promise<ReadDocument> {
  const { content } = source;
  const kind = typeof content === "string" ? undefined : mediaKind(content);
  if (typeof content === "string" || kind === undefined || kind === "image") return readDocument(source);
  if (content.byteLength > MAX_DOCUMENT_BYTES)
    throw new AppError("too_large", "The document is larger than 10 MB. Split it into smaller documents.");
  if (kind === "ole") throw oldOffice(content);
  const name = titleFromName(source.name);
  const read = await readPaper({ kind: kind === "pdf" ? "pdf" : "docx", content, name }, limits);
  return withText(read);
}

/** Word wraps a document with a password in the container of its old format. */
function oldOffice(content: Uint8Array): AppError {
  const isEncrypted = Buffer.from(content).includes(Buffer.from("EncryptedPackage", "utf16le"));
  return new AppError(
    "invalid_input",
    isEncrypted
      ? "The document is protected by a password. Save a copy without one and add that."
      : "The document has the old Office format (.doc). Save it as .docx or PDF and add that.",
  );
}
