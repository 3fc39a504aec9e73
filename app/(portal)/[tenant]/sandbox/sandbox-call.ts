import * as z from "zod";
import type { SandboxCallState } from "#/components/sandbox/call-state.ts";
import { readConnection } from "#/lib/integrations/find-connection.ts";
import { listConnections } from "#/lib/integrations/list-connections.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { database } from "#/lib/web/database.ts";
import { askSandbox } from "./sandbox-client.ts";

const callSchema = z.object({
  state: z.enum(["ringing", "dialling", "streaming", "paused", "ended"]),
  elapsedMs: z.number(),
  totalMs: z.number().optional(),
  outcome: z.string().optional(),
  detail: z.string().optional(),
  violations: z.array(z.object({ message: z.string() })).default([]),
  widgetUrl: z.string(),
});

/** A call's state, when it was placed over a connection of this tenant; another tenant's does not exist. */
export async function viewCall(
  tenantId: string,
  callId: string,
  action?: "hangup",
): Promise<SandboxCallState> {
  const path = `/api/calls/${encodeURIComponent(callId)}`;
  const call = await askSandbox({ path, method: "GET" }, callSchema);
  const [, publicId] = /^\/widget\/genesys\/([^/]+)$/.exec(new URL(call.widgetUrl).pathname) ?? [];
  if (!publicId || !(await isOfTenant(tenantId, decodeURIComponent(publicId))))
    throw new AppError("not_found", "There is no such call.");
  if (!action) return stateOf(call);
  return stateOf(await askSandbox({ path: `${path}/${action}` }, callSchema));
}

async function isOfTenant(tenantId: string, publicId: string): Promise<boolean> {
  const cards = await listConnections(database(), tenantId);
  const connections = await Promise.all(cards.map(({ id }) => readConnection(database(), tenantId, id)));
  return connections.some((connection) => connection?.publicId === publicId);
}

/** Only what the page shows: the widget's address carries the embed token and stays here. */
function stateOf(call: z.output<typeof callSchema>): SandboxCallState {
  const { state, elapsedMs, totalMs, outcome, detail, violations } = call;
  return { state, elapsedMs, totalMs, outcome, detail, violations: violations.map(({ message }) => message) };
}
