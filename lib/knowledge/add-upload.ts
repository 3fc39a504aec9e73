import type { Database } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Actor } from "#/lib/tenancy/audit.ts";
import { type AddOutcome, addDocument } from "./add-document.ts";
import { MAX_UPLOAD_BYTES, UPLOAD_KINDS, UPLOAD_LIMIT, UPLOAD_MEDIA_TYPES } from "./knowledge-form.ts";

/** Takes one file in. Throws a sentence for a file that can never be read. */
export function addUpload(
  db: Database,
  actor: Actor,
  baseId: string,
  file: { name: string; content: Uint8Array },
): Promise<AddOutcome> {
  const name = file.name.replaceAll("\\", "/").split("/").at(-1)?.trim().slice(0, 200) ?? "";
  const mediaType = UPLOAD_MEDIA_TYPES[name.split(".").at(-1)?.toLowerCase() ?? ""];
  if (name === "" || mediaType === undefined) {
    throw new AppError(
      "invalid_input",
      `Only ${UPLOAD_KINDS} files can be read; this one's name ends otherwise.`,
    );
  }
  if (file.content.byteLength === 0) throw new AppError("invalid_input", "The file is empty.");
  if (file.content.byteLength > MAX_UPLOAD_BYTES) {
    throw new AppError(
      "too_large",
      `The file is larger than ${UPLOAD_LIMIT}. Split it into smaller documents.`,
    );
  }
  return addDocument(db, actor, baseId, { source: "upload", origin: name, mediaType, content: file.content });
}
