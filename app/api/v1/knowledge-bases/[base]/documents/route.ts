import * as z from "zod";
import { parse } from "#/lib/kernel/parse.ts";
import { apiDocument, assertBase } from "#/lib/knowledge/api-documents.ts";
import { parseCursor, parseDocumentFilter, STATE_GROUPS } from "#/lib/knowledge/document-filter.ts";
import { listDocuments } from "#/lib/knowledge/list-documents.ts";
import { database } from "#/lib/web/database.ts";
import { apiRoute } from "../../../api-route.ts";
import { readDocumentRequest } from "../../../document-request.ts";
import { baseIdOf, takeDocument } from "../../../documents.ts";

const querySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z
    .string()
    .refine((text) => parseCursor(text) !== undefined, "This cursor is not one of ours.")
    .optional(),
  state: z.enum(Object.keys(STATE_GROUPS), `One of ${Object.keys(STATE_GROUPS).join(", ")}.`).optional(),
});

export const GET = apiRoute("documents:read", async (request, { tenantId }, params) => {
  const baseId = baseIdOf(params);
  const query = parse(querySchema, Object.fromEntries(new URL(request.url).searchParams));
  await assertBase(database(), tenantId, baseId);
  const filter = parseDocumentFilter({ state: query.state, order: "newest", after: query.cursor });
  const list = await listDocuments(database(), tenantId, { baseId, filter, limit: query.limit });
  return Response.json({ data: list.rows.map(apiDocument), next: list.next ?? null, total: list.matching });
});

export const POST = apiRoute("documents:write", async (request, caller, params) =>
  takeDocument(caller, baseIdOf(params), await readDocumentRequest(request)),
);
