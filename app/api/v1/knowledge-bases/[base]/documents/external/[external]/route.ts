import { parse } from "#/lib/kernel/parse.ts";
import { apiRoute } from "../../../../../api-route.ts";
import { externalIdSchema, readDocumentRequest } from "../../../../../document-request.ts";
import { answerDocument, baseIdOf, dropDocument, takeDocument } from "../../../../../documents.ts";

const keyOf = (params: Record<string, string>) => ({
  baseId: baseIdOf(params),
  externalId: parse(externalIdSchema, params.external ?? ""),
});

export const GET = apiRoute("documents:read", (_request, caller, params) =>
  answerDocument(caller, keyOf(params)),
);

/** The same request twice does what it does once. */
export const PUT = apiRoute("documents:write", async (request, caller, params) => {
  const { baseId, externalId } = keyOf(params);
  return takeDocument(caller, baseId, { ...(await readDocumentRequest(request)), externalId });
});

export const DELETE = apiRoute("documents:write", (_request, caller, params) =>
  dropDocument(caller, keyOf(params)),
);
