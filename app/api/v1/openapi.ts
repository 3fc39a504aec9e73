import { MAX_UPLOAD_BYTES, UPLOAD_MEDIA_TYPES } from "#/lib/knowledge/knowledge-form.ts";

const string = { type: "string" } as const;
const uuid = { type: "string", format: "uuid" } as const;
const time = { type: "string", format: "date-time" } as const;
const integer = { type: "integer", minimum: 0 } as const;
const nullable = (schema: { type: string }) => ({ ...schema, type: [schema.type, "null"] });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const inPath = (name: string, schema: object, description: string) => ({
  name,
  in: "path",
  required: true,
  schema,
  description,
});
const inQuery = (name: string, schema: object, description: string) => ({
  name,
  in: "query",
  schema,
  description,
});
const json = (schema: object, description: string) => ({
  description,
  content: { "application/json": { schema } },
});

const PROBLEMS = Object.fromEntries(
  [
    ["401", "No key, or one that is unknown, expired or revoked"],
    ["403", "The key lacks the scope"],
    ["404", "No such base or document"],
    ["413", `Larger than ${MAX_UPLOAD_BYTES.toLocaleString("en")} bytes`],
    ["422", "The request is not valid; detail says what"],
    ["429", "Used too often; Retry-After says when to try again"],
  ].map(([status = "", description]) => [
    status,
    { description, content: { "application/problem+json": { schema: ref("Problem") } } },
  ]),
);

const BASE = inPath("base", uuid, "The knowledge base");
const EXTERNAL = inPath(
  "external",
  { ...string, maxLength: 200 },
  "Your own id of the document, URL-encoded",
);
const ONE = json(
  { type: "object", properties: { document: ref("Document") }, required: ["document"] },
  "The document",
);
const TAKEN = json(ref("Taken"), "Nothing was changed: the same content is there already");
const STORED = {
  "200": TAKEN,
  "201": json(ref("Taken"), "Added; it is being indexed"),
  "202": json(ref("Taken"), "Replaced; it is being indexed"),
  ...PROBLEMS,
};
const BODY = {
  required: true,
  content: {
    "application/json": { schema: ref("NewDocument") },
    ...Object.fromEntries(
      [...new Set(Object.values(UPLOAD_MEDIA_TYPES))].map((type) => [
        type,
        { schema: { type: "string", format: "binary" } },
      ]),
    ),
  },
};
const GONE = { "204": { description: "Deleted" }, ...PROBLEMS };
const TITLE = inQuery(
  "title",
  { ...string, maxLength: 300 },
  "A title, where the body is a file; read from it otherwise",
);

const DOCUMENT = {
  id: uuid,
  externalId: nullable(string),
  title: string,
  source: { enum: ["upload", "web", "site", "api"] },
  origin: string,
  mediaType: string,
  bytes: integer,
  pages: nullable(integer),
  passages: integer,
  state: { enum: ["queued", "reading", "embedding", "ready", "failed", "gone"] },
  stateSince: time,
  cause: { ...nullable(string), description: "Why it is no further, in words" },
  version: integer,
  createdAt: time,
  updatedAt: time,
  indexedAt: nullable(time),
};

const SCHEMAS = {
  Document: { type: "object", properties: DOCUMENT, required: Object.keys(DOCUMENT) },
  NewDocument: {
    type: "object",
    properties: {
      content: { ...string, description: "The text" },
      format: { enum: ["markdown", "text", "html"], default: "markdown" },
      title: { ...string, maxLength: 300 },
      externalId: { ...string, maxLength: 200 },
    },
    required: ["content"],
  },
  Taken: {
    type: "object",
    properties: {
      outcome: { enum: ["added", "replaced", "unchanged", "duplicate"] },
      document: ref("Document"),
    },
    required: ["outcome", "document"],
  },
  List: {
    type: "object",
    properties: { data: { type: "array", items: ref("Document") }, next: nullable(string), total: integer },
    required: ["data", "next", "total"],
  },
  Problem: {
    type: "object",
    properties: { type: string, title: string, status: { type: "integer" }, code: string, detail: string },
    required: ["type", "title", "status", "code", "detail"],
  },
};

const PATHS = {
  "/knowledge-bases": {
    get: {
      summary: "The knowledge bases",
      responses: { "200": json({ type: "object" }, "All of them"), ...PROBLEMS },
    },
  },
  "/knowledge-bases/{base}/documents": {
    parameters: [BASE],
    get: {
      summary: "Documents, newest first",
      parameters: [
        inQuery("limit", { type: "integer", minimum: 1, maximum: 200, default: 100 }, "Documents a page"),
        inQuery("cursor", string, "`next` of the page before"),
        inQuery("state", { enum: ["ready", "work", "failed", "gone"] }, "Only those in this state"),
      ],
      responses: { "200": json(ref("List"), "A page of them"), ...PROBLEMS },
    },
    post: {
      summary: "Add a document",
      parameters: [TITLE, inQuery("externalId", string, "Your own id, where the body is a file")],
      requestBody: BODY,
      responses: STORED,
    },
  },
  "/knowledge-bases/{base}/documents/{document}": {
    parameters: [BASE, inPath("document", uuid, "The document")],
    get: { summary: "One document and its state", responses: { "200": ONE, ...PROBLEMS } },
    delete: { summary: "Delete a document", responses: GONE },
  },
  "/knowledge-bases/{base}/documents/external/{external}": {
    parameters: [BASE, EXTERNAL],
    get: { summary: "One document by your own id", responses: { "200": ONE, ...PROBLEMS } },
    put: {
      summary: "Add or replace a document; twice is once",
      parameters: [TITLE],
      requestBody: BODY,
      responses: STORED,
    },
    delete: { summary: "Delete a document by your own id", responses: GONE },
  },
};

/** What `/api/v1` offers, for programs that read it. */
export function openApi(origin: string) {
  return {
    openapi: "3.1.0",
    info: { title: "OmniBots Agent Assist: documents", version: "1" },
    servers: [{ url: `${origin}/api/v1` }],
    security: [{ key: [] }],
    paths: PATHS,
    components: { securitySchemes: { key: { type: "http", scheme: "bearer" } }, schemas: SCHEMAS },
  };
}
