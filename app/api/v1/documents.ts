import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type AddOutcome, addDocument } from "#/lib/knowledge/add-document.ts";
import { apiDocument, type DocumentKey, findDocument } from "#/lib/knowledge/api-documents.ts";
import { deleteDocuments } from "#/lib/knowledge/change-documents.ts";
import { database } from "#/lib/web/database.ts";
import { producers } from "#/lib/web/producers.ts";
import type { ApiCaller } from "./api-route.ts";
import type { DocumentRequest } from "./document-request.ts";

const STATUS: Record<AddOutcome["outcome"], number> = {
  added: 201,
  replaced: 202,
  unchanged: 200,
  duplicate: 200,
};

/** The base that an address names. */
export function baseIdOf(params: Record<string, string>): string {
  return uuidOf(params.base, "There is no such knowledge base.");
}

export function uuidOf(text: string | undefined, missing: string): string {
  const parsed = z.uuid().safeParse(text);
  if (!parsed.success) throw new AppError("not_found", missing);
  return parsed.data;
}

/** Stores what a program sent and answers with the document; indexing follows, and its state says how far it is. */
export async function takeDocument(
  caller: ApiCaller,
  baseId: string,
  sent: DocumentRequest,
): Promise<Response> {
  const { title, externalId, mediaType, content } = sent;
  const added = await addDocument(database(), caller, baseId, {
    source: "api",
    // A program's names never meet those of files and pages.
    origin: `api:${externalId ?? crypto.randomUUID()}`,
    mediaType,
    content,
    ...(title !== undefined && { title }),
    ...(externalId !== undefined && { externalId }),
  });
  const { documentId, outcome } = added;
  if (outcome === "added" || outcome === "replaced")
    producers().announce("documents", [{ tenantId: caller.tenantId, documentId }]);
  const document = await findDocument(database(), caller.tenantId, { baseId, id: documentId });
  const location = `/api/v1/knowledge-bases/${baseId}/documents/${documentId}`;
  return Response.json(
    { outcome, document: apiDocument(document) },
    { status: STATUS[outcome], headers: { location } },
  );
}

export async function answerDocument(caller: ApiCaller, key: DocumentKey): Promise<Response> {
  return Response.json({ document: apiDocument(await findDocument(database(), caller.tenantId, key)) });
}

export async function dropDocument(caller: ApiCaller, key: DocumentKey): Promise<Response> {
  const { id } = await findDocument(database(), caller.tenantId, key);
  await deleteDocuments(database(), caller, [id]);
  return new Response(null, { status: 204 });
}
