import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { parse, parseJson } from "#/lib/kernel/parse.ts";
import { MAX_UPLOAD_BYTES, UPLOAD_MEDIA_TYPES } from "#/lib/knowledge/knowledge-form.ts";
import { readBytes } from "#/lib/web/route.ts";

/** JSON escapes may double a text; the text itself is held to the limit below. */
const JSON_LIMIT = 2 * MAX_UPLOAD_BYTES;
const FORMATS = { markdown: "text/markdown", text: "text/plain", html: "text/html" } as const;
const READABLE = new Set(Object.values(UPLOAD_MEDIA_TYPES));

const title = z.string().trim().min(1).max(300);
export const externalIdSchema = z
  .string()
  .min(1, "The external id is empty.")
  .max(200, "The external id is longer than 200 characters.")
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  .regex(/^[^\u0000-\u001f]+$/, "The external id holds control characters.");

const jsonSchema = z.object({
  title: title.optional(),
  content: z.string().min(1, "The content is empty."),
  format: z.enum(["markdown", "text", "html"]).default("markdown"),
  externalId: externalIdSchema.optional(),
});

export type DocumentRequest = {
  title: string | undefined;
  mediaType: string;
  content: Uint8Array;
  externalId: string | undefined;
};

/** A document as a program sends it: JSON with its text, or the bytes of a file under their own media type. */
export async function readDocumentRequest(request: Request): Promise<DocumentRequest> {
  const declared = request.headers.get("content-type")?.toLowerCase() ?? "";
  const mediaType = declared.split(";")[0]?.trim() ?? "";
  if (mediaType === "application/json") return readJson(request);
  if (!READABLE.has(mediaType)) {
    const known = ["application/json", ...READABLE].join(", ");
    throw new AppError(
      "invalid_input",
      `The content type ${mediaType || "(none)"} cannot be read. Send one of ${known}.`,
    );
  }
  const params = new URL(request.url).searchParams;
  const given = parse(z.object({ title: title.optional(), externalId: externalIdSchema.optional() }), {
    title: params.get("title") ?? undefined,
    externalId: params.get("externalId") ?? undefined,
  });
  const content = await readBytes(request, MAX_UPLOAD_BYTES);
  if (content.byteLength === 0) throw new AppError("invalid_input", "The body is empty.");
  return { title: given.title, externalId: given.externalId, mediaType: declared, content };
}

async function readJson(request: Request): Promise<DocumentRequest> {
  const text = new TextDecoder().decode(await readBytes(request, JSON_LIMIT));
  const { format, ...body } = parse(jsonSchema, parseJson(text));
  const content = new TextEncoder().encode(body.content);
  if (content.byteLength > MAX_UPLOAD_BYTES)
    throw new AppError("too_large", "The content is larger than 10 MB.");
  return { title: body.title, externalId: body.externalId, mediaType: FORMATS[format], content };
}
