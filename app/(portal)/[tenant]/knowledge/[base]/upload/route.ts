import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { addUpload } from "#/lib/knowledge/add-upload.ts";
import { MAX_UPLOAD_BYTES } from "#/lib/knowledge/knowledge-form.ts";
import { database } from "#/lib/web/database.ts";
import { producers } from "#/lib/web/producers.ts";
import { readBytes, tenantRoute } from "#/lib/web/route.ts";

/** Takes one file as the body, its name in the address. */
export const POST = tenantRoute("knowledge:write", async (request, tenant, params) => {
  const base = z.uuid().safeParse(params.base);
  if (!base.success) throw new AppError("not_found", "This knowledge base does not exist.");
  const name = new URL(request.url).searchParams.get("name") ?? "";
  const content = await readBytes(request, MAX_UPLOAD_BYTES);
  const actor = { tenantId: tenant.id, userId: tenant.userId };
  const added = await addUpload(database(), actor, base.data, { name, content });
  if (added.outcome === "added" || added.outcome === "replaced") {
    producers().announce("documents", [{ tenantId: tenant.id, documentId: added.documentId }]);
  }
  return added;
});
