import { AppError } from "#/lib/kernel/app-error.ts";
import { defineConnector } from "../connector.ts";
import type { PlatformAccess } from "../platform-access.ts";
import { connectionClient } from "./api/connection-client.ts";
import { check } from "./connection.ts";
import { credentials, type GenesysCredentials } from "./credentials.ts";
import { describeConversation } from "./describe-conversation.ts";
import { listQueues } from "./list-queues.ts";
import { manifest } from "./manifest.ts";
import { normalize } from "./normalize.ts";
import { subscription } from "./notifications/subscription.ts";

export const genesys = defineConnector({
  manifest,
  credentials,
  check,
  normalize,
  subscription,
  listQueues: (own: GenesysCredentials, access, signal) => listQueues(clientOf(own, access), signal),
  describeConversation: async (own: GenesysCredentials, conversationId, access, signal) =>
    own.clientSecret ? describeConversation(clientOf(own, access), conversationId, signal) : undefined,
});

function clientOf({ environment, clientId, clientSecret }: GenesysCredentials, access: PlatformAccess) {
  if (environment && clientId && clientSecret) {
    return connectionClient({ environment, clientId, clientSecret }, access);
  }
  throw new AppError(
    "conflict",
    "This connection has no complete OAuth client: fill in region, client id and client secret under Set up.",
  );
}
