import { SandboxError } from "../../sandbox-error.ts";
import { AGENTS, SKILLS } from "./directory.ts";

export type Interaction = {
  id: string;
  sessionId: string;
  kind: "call" | "chat";
  skillId: string;
  skillName: string;
  agentId: string;
  /** The key of the subscription that it goes to; undefined is the last one that was made. */
  subscription?: string | undefined;
  /** Its voice goes out. */
  streamed: boolean;
  state: "offered" | "talking" | "held" | "ended" | "finished";
  startedAt: number;
  messages: { id: string; from: "customer" | "agent"; text: string; at: string }[];
  log?: Record<string, string>;
};

/** The domain's calls and chats, each under an id of the platform's own length. */
export function createInteractions() {
  const known = new Map<string, Interaction>();
  let next = 300_000_000_000_000;
  return {
    all: () => [...known.values()],
    of(id: string): Interaction {
      const found = known.get(id);
      if (!found) throw new SandboxError("There is no such interaction.", 404);
      return found;
    },
    begin(kind: Interaction["kind"], skillId = "250001", agentId = "310001"): Interaction {
      const skill = SKILLS.find(({ id }) => id === skillId);
      if (!skill || !AGENTS.some(({ id }) => id === agentId))
        throw new SandboxError("There is no such skill or agent.", 404);
      next += 1;
      const id = String(next);
      const interaction: Interaction = {
        id,
        sessionId: `S${id.slice(-8)}`,
        kind,
        skillId,
        skillName: skill.name,
        agentId,
        streamed: false,
        state: "offered",
        startedAt: Date.now(),
        messages: [],
      };
      known.set(id, interaction);
      return interaction;
    },
  };
}
