import type { Database } from "#/lib/db/database.ts";
import type { Outbound } from "#/lib/outbound/outbound.ts";
import { readPage } from "#/lib/outbound/read-page.ts";
import type { Actor } from "#/lib/tenancy/audit.ts";
import { type AddOutcome, addDocument } from "./add-document.ts";
import { MAX_UPLOAD_BYTES } from "./knowledge-form.ts";

/** Fetches one page through the outbound guard and takes it in; the address it was asked for is its origin. */
export async function addWebPage(
  deps: { db: Database; outbound: Outbound },
  actor: Actor,
  baseId: string,
  address: string,
): Promise<AddOutcome> {
  const url = new URL(address);
  // A fragment is a place in the page, not another page.
  url.hash = "";
  const page = await readPage(deps.outbound, url.href, MAX_UPLOAD_BYTES);
  const { mediaType, content } = page;
  return addDocument(deps.db, actor, baseId, { source: "web", origin: url.href, mediaType, content });
}
