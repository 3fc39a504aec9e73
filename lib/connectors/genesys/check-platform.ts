import * as z from "zod";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { CheckContext, CheckStep, PlatformQueue } from "../connector.ts";
import { notTried, type Outcome, timed } from "../timed-step.ts";
import { tokenInfo } from "./api/agent-sign-in.ts";
import { clientToken } from "./api/client-token.ts";
import { connectionClient } from "./api/connection-client.ts";
import type { GenesysClient } from "./api/genesys-client.ts";
import { type Environment, hostsOf, REGIONS } from "./api/hosts.ts";
import { checkTopics } from "./check-topics.ts";
import type { GenesysCredentials } from "./credentials.ts";
import { explainFailure } from "./explain-failure.ts";
import { listQueues } from "./list-queues.ts";

const STEPS = ["Token", "Organization", "Queues", "Notification topics"] as const;
const VOICE_ONLY =
  "No OAuth client is stored, so this connection is for voice alone: queues, agent sign-in and messages need one.";

type Login = { environment: Environment; clientId: string; clientSecret: string };

/** Does with the API what the connection will do with it; each step needs those before it (contract section 3). */
export async function* checkPlatform(
  credentials: GenesysCredentials,
  context: CheckContext,
  signal: AbortSignal,
): AsyncIterable<CheckStep> {
  if (!credentials.clientId && credentials.voice) {
    for (const name of STEPS) yield { name, outcome: "not-used", detail: VOICE_ONLY };
    return;
  }
  let login: Login | undefined;
  let queues: PlatformQueue[] = [];
  const client = () => connectionClient(login as Login, context.access);
  const steps: Record<(typeof STEPS)[number], () => Promise<Outcome>> = {
    Token: async () => {
      const complete = loginOf(credentials);
      if ("reason" in complete) return complete;
      login = complete;
      return await checkToken(complete, context, signal);
    },
    Organization: () => checkOrganization(credentials, context, client(), signal),
    Queues: async () => {
      queues = await listQueues(client(), signal);
      await context.learn({ platformQueues: queues });
      return queuesOutcome(queues);
    },
    "Notification topics": () => checkTopics(client(), credentials, queues, signal),
  };
  let failed = false;
  for (const name of STEPS) {
    const step: CheckStep = failed
      ? notTried(name)
      : await timed(context, name, () => explained(steps[name], signal));
    // Another organization's queues and topics prove nothing.
    failed ||= step.outcome === "failed" && (name === "Token" || name === "Organization");
    yield step;
  }
}

async function explained(run: () => Promise<Outcome>, signal: AbortSignal): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) throw error;
    return explainFailure(error);
  }
}

function loginOf({
  environment,
  clientId,
  clientSecret,
}: GenesysCredentials): Login | Extract<Outcome, { reason: string }> {
  if (environment && clientId && clientSecret) return { environment, clientId, clientSecret };
  const missing = [!environment && "region", !clientId && "client id", !clientSecret && "client secret"];
  return {
    reason: `The ${missing.filter(Boolean).join(" and the ")} of the OAuth client is missing.`,
    remedy: "Make a client under Admin > Integrations > OAuth and fill it in under Set up > Settings.",
  };
}

async function checkToken(login: Login, { access }: CheckContext, signal: AbortSignal): Promise<Outcome> {
  const hosts = hostsOf(login.environment, access.sandboxes);
  // A test asks anew: a token of before says nothing about the secret of now.
  const own = clientToken({ ...login, hosts, access }, new Map());
  await own.get(signal);
  const place = login.environment === "sandbox" ? "the sandbox" : REGIONS[login.environment].place;
  return { detail: `Client credentials accepted by ${place} (${new URL(hosts.login).host})` };
}

const organization = z.object({ id: z.guid(), name: z.string(), state: z.string().optional() });

async function checkOrganization(
  credentials: GenesysCredentials,
  context: CheckContext,
  client: GenesysClient,
  signal: AbortSignal,
): Promise<Outcome> {
  const found = await client.request("GET", "/api/v2/organizations/me", { schema: organization, signal });
  const { organization: ofToken } = await tokenInfo(client, signal);
  const { id, name, state } = found;
  const bound = credentials.organizationId;
  if (bound && bound.toLowerCase() !== id.toLowerCase()) {
    await context.learn({ foundOrganization: { id, name } });
    return {
      reason: `The client belongs to another organization: ${name} (${id}). This connection is bound to ${credentials.organizationName ?? "the organization"} (${bound}).`,
      remedy:
        "Correct the client or the region under Set up > Settings. If the connection is meant for this organization, choose Use this organization instead.",
    };
  }
  if (ofToken.id.toLowerCase() !== id.toLowerCase()) {
    return {
      reason: `The token works in ${ofToken.name ?? ofToken.id}, the API answers for ${name}.`,
      remedy: "Use an OAuth client of the organization itself, not one of a trusted partner.",
    };
  }
  await context.learn({ organizationId: id, organizationName: name, foundOrganization: undefined });
  return { detail: `${name} (${[state, id].filter(Boolean).join(", ")})` };
}

function queuesOutcome(queues: readonly PlatformQueue[]): Outcome {
  if (queues.length > 0) {
    return {
      detail: `${queues.length} ${queues.length === 1 ? "queue" : "queues"} listed; map them under Queue Mapping`,
    };
  }
  return {
    reason: "The client sees no queue.",
    remedy:
      "Assign its role with the divisions of your queues (Admin > Integrations > OAuth > the client > Roles), then test again.",
  };
}
