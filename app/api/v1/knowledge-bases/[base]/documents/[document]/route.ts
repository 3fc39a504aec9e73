import { apiRoute } from "../../../../api-route.ts";
import { answerDocument, baseIdOf, dropDocument, uuidOf } from "../../../../documents.ts";

const keyOf = (params: Record<string, string>) => ({
  baseId: baseIdOf(params),
  id: uuidOf(params.document, "There is no such document in this knowledge base."),
});

export const GET = apiRoute("documents:read", (_request, caller, params) =>
  answerDocument(caller, keyOf(params)),
);

export const DELETE = apiRoute("documents:write", (_request, caller, params) =>
  dropDocument(caller, keyOf(params)),
);
