import * as z from "zod";
import type { AppError } from "#/lib/kernel/app-error.ts";
import type { CheckContext, CheckStep } from "../connector.ts";
import { type Explained, notTried, type Outcome, timed } from "../timed-step.ts";
import { accessToken } from "./api/access-token.ts";
import { type GoogleClient, googleClient } from "./api/google-client.ts";
import { checkSubscription } from "./check-subscription.ts";
import { locationOf, profileId } from "./conversation-facts.ts";
import type { GoogleCredentials } from "./credentials.ts";
import { explainFailure, type Needs } from "./explain-failure.ts";
import { insightsLocation } from "./insights-upload.ts";
import { protoTargets, readProfiles } from "./list-profiles.ts";

type Step = {
  name: string;
  needs: Needs;
  /** Why this connection does not need it; then it is not tried. */
  unused?: string | undefined;
  run(): Promise<Outcome>;
};

/** Does with Google what the connection will do with it; each refusal names the permission or the API. */
export async function* check(
  own: GoogleCredentials,
  context: CheckContext,
  signal: AbortSignal,
): AsyncIterable<CheckStep> {
  const client = googleClient(own, context.access);
  let signedIn = true;
  for (const step of stepsOf(own, context, client, signal)) {
    const explain = (error: AppError): Explained => explainFailure(error, own.key, step.needs);
    const done = await resultOf(step, signedIn, context, explain);
    signal.throwIfAborted();
    // Without a token nothing else can be said.
    if (step.name === "Service account") signedIn = done.outcome === "passed";
    yield done;
  }
  yield firstEvent(context);
}

async function resultOf(
  { name, unused, run }: Step,
  signedIn: boolean,
  context: CheckContext,
  explain: (error: AppError) => Explained,
): Promise<CheckStep> {
  if (unused) return { name, outcome: "not-used", detail: unused };
  return signedIn ? timed(context, name, run, explain) : notTried(name);
}

function stepsOf(
  own: GoogleCredentials,
  context: CheckContext,
  client: GoogleClient,
  signal: AbortSignal,
): Step[] {
  const project = `the project ${own.projectId}`;
  return [
    {
      name: "Service account",
      needs: { permission: "a valid key", role: "none", on: project },
      run: () => checkKey(own, context, client),
    },
    {
      name: "Topic",
      needs: {
        permission: "pubsub.topics.attachSubscription",
        role: "roles/pubsub.subscriber",
        on: own.topic,
      },
      unused: own.subscription && "The subscription was made by an administrator; its topic is not touched.",
      run: () => checkTopic(own, client, signal),
    },
    {
      name: "Subscription",
      needs: own.subscription
        ? {
            permission: "pubsub.subscriptions.consume",
            role: "roles/pubsub.subscriber",
            on: own.subscription,
          }
        : { permission: "pubsub.subscriptions.create", role: "roles/pubsub.editor", on: project },
      run: () => checkSubscription(own, context, client, signal),
    },
    {
      name: "Dialogflow CX agent",
      needs: { permission: "dialogflow.agents.get", role: "roles/dialogflow.reader", on: project },
      unused: own.suggestions === "rag" ? "Suggestions come from OmniBots RAG." : undefined,
      run: () => checkAgent(own, client, signal),
    },
    {
      name: "Conversation profiles",
      needs: {
        permission: "dialogflow.conversationProfiles.list",
        role: "roles/dialogflow.reader",
        on: project,
      },
      run: () => checkProfiles(own, context, signal),
    },
    {
      name: "CCAI Insights",
      needs: {
        permission: "contactcenterinsights.conversations.list",
        role: "roles/contactcenterinsights.editor",
        on: project,
      },
      unused: own.insightsUpload ? undefined : "Finished conversations are not uploaded.",
      run: () => checkInsights(own, client, signal),
    },
  ];
}

async function checkKey(
  own: GoogleCredentials,
  { access }: CheckContext,
  { hosts }: GoogleClient,
): Promise<Outcome> {
  const { key, projectId } = own;
  // A token of before says nothing about the key of now.
  await accessToken({ key, hosts, access }, new Map());
  const other =
    key.projectId === projectId ? "" : `; the account is of the project ${key.projectId}, not ${projectId}`;
  return { detail: `${key.email}, key ${key.keyId}${other}` };
}

async function checkTopic(
  { topic, key }: GoogleCredentials,
  { pubsub }: GoogleClient,
  signal: AbortSignal,
): Promise<Outcome> {
  const wanted = "pubsub.topics.attachSubscription";
  const held = await pubsub.testPermissions(topic, [wanted], signal);
  if (held.includes(wanted)) return { detail: topic };
  return {
    reason: `403: ${key.email} lacks ${wanted} on ${topic}, or there is no such topic.`,
    remedy: `Check the topic's name. Then Pub/Sub > Topics > the topic > Permissions: grant roles/pubsub.subscriber to ${key.email}.`,
  };
}

const agentAnswer = z.object({
  displayName: z.string().default(""),
  defaultLanguageCode: z.string().optional(),
});

async function checkAgent(
  { dialogflowAgent = "" }: GoogleCredentials,
  client: GoogleClient,
  signal: AbortSignal,
): Promise<Outcome> {
  const [agent = ""] = dialogflowAgent.split("/environments/");
  const url = `${client.hosts.dialogflow(locationOf(agent))}/v3/${agent}`;
  const { displayName } = await client.request("GET", url, { schema: agentAnswer, signal });
  return { detail: `${displayName || agent} in ${locationOf(agent)}` };
}

async function checkProfiles(
  own: GoogleCredentials,
  context: CheckContext,
  signal: AbortSignal,
): Promise<Outcome> {
  const profiles = await readProfiles(own, context.access, signal);
  const platformQueues = profiles.map(({ name, displayName }) => ({
    id: profileId(name),
    name: displayName || profileId(name),
  }));
  await context.learn({ platformQueues });
  const wrong = profiles.flatMap((profile) =>
    protoTargets(profile, own.topic).map((what) => `${profile.displayName || profile.name} (${what})`),
  );
  if (wrong.length > 0) {
    return {
      reason: `These publish to the topic in the PROTO format, which is Google's default: ${wrong.join(", ")}.`,
      remedy:
        'Set messageFormat to "JSON" in each of these notification settings of the conversation profile.',
    };
  }
  if (profiles.length === 0) {
    return {
      reason: `There is no conversation profile in ${own.location}.`,
      remedy: "Create one whose notification settings publish to the topic, or correct the location.",
    };
  }
  return { detail: `${profiles.length} listed; map them under Queue Mapping` };
}

async function checkInsights(
  own: GoogleCredentials,
  client: GoogleClient,
  signal: AbortSignal,
): Promise<Outcome> {
  const location = insightsLocation(own);
  const path = `/v1/projects/${own.projectId}/locations/${location}/conversations?pageSize=1`;
  await client.request("GET", `${client.hosts.insights(location)}${path}`, { schema: z.unknown(), signal });
  return { detail: `Uploads go to ${location}, transcripts into gs://${own.insightsBucket}` };
}

function firstEvent({ lastEventAt }: CheckContext): CheckStep {
  const name = "First real event";
  if (lastEventAt)
    return { name, outcome: "passed", ms: 0, detail: `Last event ${lastEventAt.toISOString()}` };
  return {
    name,
    outcome: "waiting",
    detail: "Start a conversation under a profile that publishes to the topic, and write or say something.",
  };
}
