import type { Database } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Actor } from "#/lib/tenancy/audit.ts";
import { type AddOutcome, addDocument } from "./add-document.ts";
import { MAX_UPLOAD_BYTES } from "./knowledge-form.ts";

const MEDIA_TYPES: Record<string, string> = {
  md: "text/markdown",
  markdown: "text/markdown",
  txt: "text/plain",
  html: "text/html",
  htm: "text/html",
};

/** Takes one file in. Throws a sentence for a file that can never be read. */
export function addUpload(
  db: Database,
  actor: Actor,
  baseId: string,
  file: { name: string; content: Uint8Array },
): Promise<AddOutcome> {
  const name = file.name.replaceAll("\\", "/").split("/").at(-1)?.trim().slice(0, 200) ?? "";
  const mediaType = MEDIA_TYPES[name.split(".").at(-1)?.toLowerCase() ?? ""];
  if (name === "" || mediaType === undefined) {
    throw new AppError(
      "invalid_input",
      "Only Markdown (.md), text (.txt) and HTML (.html) files can be read.",
    );
  }
  if (file.content.byteLength === 0) throw new AppError("invalid_input", "The file is empty.");
  if (file.content.byteLength > MAX_UPLOAD_BYTES) {
    throw new AppError("too_large", "The file is larger than 5 MB. Split it into smaller documents.");
  }
  return addDocument(db, actor, baseId, { source: "upload", origin: name, mediaType, content: file.content });
}
