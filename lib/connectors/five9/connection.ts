import type { CheckContext, CheckStep } from "../connector.ts";
import { type Outcome, timed } from "../timed-step.ts";
import type { AdminService } from "./api/admin-service.ts";
import { tryConsumerKey } from "./api/consumer-token.ts";
import { hostsOf, placeOf } from "./api/hosts.ts";
import { restSession } from "./api/rest-session.ts";
import type { Five9Credentials } from "./credentials.ts";
import { explainFailure } from "./explain-failure.ts";
import { adminServiceOf, listSkills } from "./list-skills.ts";

const USER = "API user";
const SKILLS = "Skills";
const REST = "REST session";
const VOICE = "Voice stream and events";
const NO_USER = "No API user is stored: skills are typed by hand, and calls and chats need none.";
const KEY_ONLY =
  "With a consumer key alone skills are typed by hand: only the web services are known to list them.";

/** From the least intrusive call on; no step opens or ends a session that an agent works in. */
export async function* check(
  own: Five9Credentials,
  context: CheckContext,
  signal: AbortSignal,
): AsyncIterable<CheckStep> {
  yield* checkUser(own, context, signal);
  yield await checkRest(own, context, signal);
  yield checkVoice(own);
  yield firstEvent(own, context);
}

async function* checkUser(
  own: Five9Credentials,
  context: CheckContext,
  signal: AbortSignal,
): AsyncIterable<CheckStep> {
  if (own.authMethod === "consumer-key") {
    yield await checkKey(own, context, signal);
    yield { name: SKILLS, outcome: "not-used", detail: KEY_ONLY };
    return;
  }
  if (own.authMethod === "none") {
    yield { name: USER, outcome: "not-used", detail: NO_USER };
    yield { name: SKILLS, outcome: "not-used", detail: NO_USER };
    return;
  }
  let service: AdminService | undefined;
  const user = await timed(
    context,
    USER,
    async () => {
      service = adminServiceOf(own, context.access);
      return await knock(own, service, signal);
    },
    explainFailure,
  );
  yield user;
  yield user.outcome === "passed" && service
    ? await checkSkills(service, context, signal)
    : { name: SKILLS, outcome: "not-tried", detail: "The steps above must pass first." };
}

async function knock(
  { region, soapVersion }: Five9Credentials,
  service: AdminService | undefined,
  signal: AbortSignal,
): Promise<Outcome> {
  if (!service)
    return {
      reason: "The API user has no password.",
      remedy: "Fill it in under Set up > Settings, then test again.",
    };
  // Reads our own counters and nothing of the domain.
  await service.call("getCallCountersState", {}, signal);
  return { detail: `Known in ${placeOf(region)}; web services ${soapVersion}, no agent session opened` };
}

function checkSkills(service: AdminService, context: CheckContext, signal: AbortSignal): Promise<CheckStep> {
  return timed(
    context,
    SKILLS,
    async () => {
      const skills = await listSkills(service, signal);
      await context.learn({ platformQueues: skills });
      if (skills.length > 0)
        return {
          detail: `${skills.length} ${skills.length === 1 ? "skill" : "skills"} listed; map them under Queue Mapping`,
        };
      return {
        reason: "The API user sees no skill.",
        remedy: "Does the domain have skills, and may the user see them? Then test again.",
      };
    },
    explainFailure,
  );
}

async function checkKey(
  own: Five9Credentials,
  context: CheckContext,
  signal: AbortSignal,
): Promise<CheckStep> {
  const name = "Consumer key";
  const { consumerKey: key, consumerSecret: secret, tokenUrl } = own;
  if (!key || !secret) return { name, outcome: "not-used", detail: NO_USER };
  return await timed(
    context,
    name,
    async () => {
      await tryConsumerKey(tokenUrl, { key, secret }, context.access, signal);
      return { detail: `${new URL(tokenUrl).host} gives a token for it` };
    },
    explainFailure,
  );
}

async function checkRest(
  own: Five9Credentials,
  context: CheckContext,
  signal: AbortSignal,
): Promise<CheckStep> {
  const { restSession: wanted, username, password, region } = own;
  if (!wanted || !username || !password) {
    return {
      name: REST,
      outcome: "not-used",
      detail: "Nothing of ours needs a REST session of the API user.",
    };
  }
  return await timed(
    context,
    REST,
    async () => {
      const { rest } = hostsOf(region, context.access.sandboxes);
      const found = await restSession(rest, { username, password }, context.access, signal);
      const where = found.dataCenter ? `, data center ${found.dataCenter}` : "";
      // Whether this number is the domain id of the voice stream is not documented, so nothing is held against it.
      return {
        detail: `Organization ${found.organizationId}${where}; an existing session was joined, none was ended`,
      };
    },
    explainFailure,
  );
}

function checkVoice({ voice, trustToken, apiKey }: Five9Credentials): CheckStep {
  if (!voice) return { name: VOICE, outcome: "not-used", detail: "Calls over the voice stream are off." };
  if (trustToken && apiKey) {
    return {
      name: VOICE,
      outcome: "passed",
      ms: 0,
      detail:
        "Trust token and event key are stored; Five9 validates the address itself when the subscription is made",
    };
  }
  return {
    name: VOICE,
    outcome: "failed",
    ms: 0,
    reason: trustToken ? "There is no event key." : "There is no trust token.",
    remedy: "Make new ones under Set up > Credentials, and paste them into the subscription.",
  };
}

function firstEvent({ voice }: Five9Credentials, { lastEventAt }: CheckContext): CheckStep {
  const name = "First real event";
  if (lastEventAt)
    return { name, outcome: "passed", ms: 0, detail: `Last event ${lastEventAt.toISOString()}` };
  return {
    name,
    outcome: "waiting",
    detail: voice
      ? "Place a test call to a skill that the subscription streams."
      : "Accept a test call or chat in the Agent Desktop with the widget open.",
  };
}
