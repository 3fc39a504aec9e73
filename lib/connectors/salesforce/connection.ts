import type { AppError } from "#/lib/kernel/app-error.ts";
import type { CheckContext, CheckStep } from "../connector.ts";
import { notTried, type Outcome, timed } from "../timed-step.ts";
import { clientToken, listQueues, userInfo } from "./api/organization.ts";
import type { SalesforceCredentials } from "./credentials.ts";
import { explainFailure } from "./explain-failure.ts";

/** Client credentials, whose org it is, its queues; then whether an agent's page has asked and a message has come. */
export async function* check(
  own: SalesforceCredentials,
  context: CheckContext,
  signal: AbortSignal,
): AsyncIterable<CheckStep> {
  const { access } = context;
  let token = "";
  const steps: readonly [name: string, run: () => Promise<Outcome>][] = [
    [
      "Client credentials",
      async () => {
        token = await clientToken(own, access, signal);
        return { detail: "The org gave a token" };
      },
    ],
    ["User info", () => checkOrganization(own, token, context, signal)],
    ["Queues", () => checkQueues(own, token, context, signal)],
  ];
  const explain = (error: AppError) => {
    signal.throwIfAborted();
    return explainFailure(error);
  };
  let failed = false;
  for (const [name, run] of steps) {
    const step: CheckStep = failed ? notTried(name) : await timed(context, name, run, explain);
    failed ||= step.outcome === "failed" && name !== "Queues";
    yield step;
  }
  yield exchangeStep(own);
  yield firstEvent(context);
}

async function checkOrganization(
  { myDomain, orgId }: SalesforceCredentials,
  token: string,
  { access, learn }: CheckContext,
  signal: AbortSignal,
): Promise<Outcome> {
  const found = await userInfo({ myDomain, token, access, signal });
  const who = found.name ?? found.preferred_username ?? found.user_id;
  if (orgId && orgId !== found.organization_id)
    return {
      reason: `The connected app belongs to the organization ${found.organization_id}, and this connection to ${orgId}.`,
      remedy:
        "Is it the right My Domain? If the connection is to move to that organization, empty Organization id under Set up > Settings and test again.",
    };
  await learn({ orgId: found.organization_id });
  return { detail: `Organization ${found.organization_id}, runs as ${who}` };
}

async function checkQueues(
  { myDomain }: SalesforceCredentials,
  token: string,
  { access, learn }: CheckContext,
  signal: AbortSignal,
): Promise<Outcome> {
  const queues = await listQueues({ myDomain, token, access, signal });
  await learn({ platformQueues: queues });
  if (queues.length > 0) return { detail: `${queues.length} queues and routing configurations` };
  return {
    reason: "The org has no queue that the run-as user may see.",
    remedy: "Setup > Queues: make one for Messaging Session, with a routing configuration. Then test again.",
  };
}

function exchangeStep({ exchangeSecret }: SalesforceCredentials): CheckStep {
  const name = "Token exchange";
  if (exchangeSecret)
    return {
      name,
      outcome: "waiting",
      detail:
        "Proves itself when an agent opens a messaging session: the page then asks for the agent's token.",
    };
  return {
    name,
    outcome: "failed",
    ms: 0,
    reason: "This connection has no exchange secret.",
    remedy: "Make one on the Credentials tab and put it into the External Credential in Salesforce.",
  };
}

function firstEvent({ lastEventAt }: CheckContext): CheckStep {
  const name = "First real event";
  if (lastEventAt)
    return { name, outcome: "passed", ms: 0, detail: `Last event ${lastEventAt.toISOString()}` };
  return {
    name,
    outcome: "waiting",
    detail: "Write to your messaging channel as a customer and accept the session in the Service Console.",
  };
}
