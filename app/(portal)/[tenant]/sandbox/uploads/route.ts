import * as z from "zod";
import { readBytes, tenantRoute } from "#/lib/web/route.ts";
import { askSandbox } from "../sandbox-client.ts";

const MOST_BYTES = 8 * 1024 * 1024;

const uploadSchema = z.object({ uploadId: z.string(), durationMs: z.number() });

/** Hands a recording on to the sandbox, which says in words what is wrong with it. */
export const POST = tenantRoute("sandbox:use", async (request) =>
  askSandbox({ path: "/api/uploads", bytes: await readBytes(request, MOST_BYTES) }, uploadSchema),
);
