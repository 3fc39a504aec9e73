"use server";

import * as z from "zod";
import { readSettings } from "#/lib/integrations/connection-settings.ts";
import { type Connection, openSecret, readConnection } from "#/lib/integrations/find-connection.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { keyRing } from "#/lib/web/key-ring.ts";
import { webEnv } from "#/lib/web/web-env.ts";
import { askSandbox } from "./sandbox-client.ts";

const startSchema = z.object({
  connectionId: z.uuid("Choose a connection."),
  queueId: z.string().max(200),
  source: z.enum(["demo-1", "demo-2", "chat", "upload", "microphone"]),
  uploadId: z.uuid().optional(),
  agentName: z.string().trim().min(1, "Say who the agent is.").max(200),
});

const callSchema = z.object({ callId: z.string(), conversationId: z.string(), hostPage: z.url() });
const chatSchema = z.object({ chatId: z.string(), conversationId: z.string(), hostPage: z.url() });

/** Starts a call or a chat on the sandbox. The connection's secrets go from server to server and no further. */
export const startSandbox = tenantAction(
  { permission: "sandbox:use", input: startSchema },
  async (input, tenant) => {
    if (webEnv().SANDBOX !== "on") throw new AppError("not_found", "This installation has no sandbox.");
    const connection = await readConnection(database(), tenant.id, input.connectionId);
    if (!connection) throw new AppError("not_found", "This connection does not exist any more.");
    if (!connection.active)
      throw new AppError("conflict", `${connection.name} is paused. Turn it on under Integrations first.`);
    const place = placeOf(connection, input);
    if (input.source === "chat") {
      const { chatId, ...chat } = await askSandbox({ path: "/api/chats", json: place }, chatSchema);
      return { kind: "chat" as const, id: chatId, ...chat };
    }
    const call = { ...place, ...keysOf(connection), source: input.source, uploadId: input.uploadId };
    const { callId, ...started } = await askSandbox({ path: "/api/calls", json: call }, callSchema);
    return { kind: "call" as const, id: callId, ...started };
  },
);

function placeOf(connection: Connection, { queueId, agentName }: { queueId: string; agentName: string }) {
  const queue = readSettings(connection.settings).queues.find(({ id }) => id === queueId);
  return {
    connectionId: connection.publicId,
    embedToken: openSecret(connection, "embedToken", keyRing()) ?? "",
    queueId: queue?.id,
    queueName: queue?.name ?? queue?.id,
    agentId: "sandbox-agent",
    agentName,
  };
}

function keysOf(connection: Connection) {
  const apiKey = openSecret(connection, "audiohookApiKey", keyRing());
  const { organizationId } = readSettings(connection.settings);
  if (!apiKey || !organizationId)
    throw new AppError(
      "conflict",
      `${connection.name} lacks ${apiKey ? "an organization id" : "an AudioHook API key"}. Complete its set-up under Integrations first.`,
    );
  return {
    apiKey,
    clientSecret: openSecret(connection, "audiohookClientSecret", keyRing()) ?? "",
    organizationId,
  };
}
