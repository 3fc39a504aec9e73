import type { SignedInAgent } from "#/lib/connectors/widget-sign-in.ts";
import { SessionRefused } from "./widget-session.ts";

export type AgentSession = {
  /** True where another agent held it before. */
  keep(agent: SignedInAgent): boolean;
  /** Undefined while nobody has signed in. Throws `SessionRefused` once it has ended: it must not become a claim. */
  current(): string | undefined;
};

const ENDED = "Your sign-in has ended. Sign in again.";

/** Outlives the platform's own token: suggestions go on while the agent signs in again. */
export function createAgentSession(onEnded: (problem: string) => void): AgentSession {
  let held: SignedInAgent | undefined;
  return {
    keep: (agent) => {
      const isAnother = held !== undefined && held.user.id !== agent.user.id;
      held = agent;
      return isAnother;
    },
    current: () => {
      if (!held || held.agentSessionEndsAt > Date.now()) return held?.agentSession;
      onEnded(ENDED);
      throw new SessionRefused("the agent's session has ended", ENDED);
    },
  };
}
