import { listBases } from "#/lib/knowledge/list-bases.ts";
import { database } from "#/lib/web/database.ts";
import { apiRoute } from "../api-route.ts";

/** The tenant's knowledge bases, with the ids that other addresses need. */
export const GET = apiRoute("documents:read", async (_request, { tenantId }) => {
  const bases = await listBases(database(), tenantId);
  const data = bases.map(({ id, name, documents, ready, failed, passages }) => {
    return { id, name, documents, ready, failed, passages };
  });
  return Response.json({ data });
});
