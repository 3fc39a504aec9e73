import type { CheckContext, CheckStep } from "../connector.ts";
import { checkAudiohook } from "./check-audiohook.ts";
import { checkPlatform } from "./check-platform.ts";
import type { GenesysCredentials } from "./credentials.ts";

/** The API, then voice, then whether a real event has come. */
export async function* check(
  credentials: GenesysCredentials,
  context: CheckContext,
  signal: AbortSignal,
): AsyncIterable<CheckStep> {
  let { organizationId } = credentials;
  const learn: CheckContext["learn"] = (facts) => {
    if (typeof facts.organizationId === "string") organizationId = facts.organizationId;
    return context.learn(facts);
  };
  yield* checkPlatform(credentials, { ...context, learn }, signal);
  // From the moment it is learnt, calls of any other organization are refused: the probe's as well.
  yield* checkAudiohook({ ...credentials, organizationId }, context, signal);
  yield firstEvent(context);
}

function firstEvent({ lastEventAt }: CheckContext): CheckStep {
  const name = "First real event";
  if (lastEventAt) {
    return { name, outcome: "passed", ms: 0, detail: `Last event ${lastEventAt.toISOString()}` };
  }
  return {
    name,
    outcome: "waiting",
    detail:
      "Write to a mapped queue as a customer, place a call through a flow with audio monitoring, or start a demo from the Sandbox page.",
  };
}
