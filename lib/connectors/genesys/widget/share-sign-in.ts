import type { PlatformAccess } from "../../platform-access.ts";
import type { ProviderState } from "../../widget-provider.ts";
import type { SignedInAgent, SignInDoor } from "../../widget-sign-in.ts";
import type { SiblingMessage } from "./shared-feed.ts";
import type { Siblings } from "./siblings.ts";

type Sharing = {
  door: SignInDoor;
  access: PlatformAccess;
  siblings: Siblings<SiblingMessage>;
  signal: AbortSignal;
  onAgent(agent: SignedInAgent, before: SignedInAgent | undefined): void;
  onState(state: ProviderState): void;
};

export type SharedSignIn = {
  agent(): SignedInAgent | undefined;
  hear(message: SiblingMessage): void;
  /** Passes a state on; one that says that the token is dead opens the door again. */
  tell(state: ProviderState): void;
};

/** Nobody answered in that time: this is the agent's first widget, or the only one. */
const SIBLINGS_ANSWER_MS = 300;
/** Enough to finish a sentence and sign in again. */
const SOON_OVER_MS = 5 * 60_000;
const SOON_OVER = "Your sign-in at Genesys Cloud ends in a few minutes.";
const ENDED = "Your sign-in at Genesys Cloud has ended.";

/** One sign-in for all widgets of an agent: whoever has it tells the others, and a new one asks before it shows a button. */
export function shareSignIn(sharing: Sharing): SharedSignIn {
  const { door, access, siblings, signal, onState } = sharing;
  let current: SignedInAgent | undefined;

  const tell = (state: ProviderState) => {
    if (state.state === "signed-out" && current) door.forget(state.problem ?? ENDED);
    onState(state);
  };
  const take = (agent: SignedInAgent) => {
    const before = current;
    current = agent;
    onState({ state: "ready" });
    sharing.onAgent(agent, before);
    siblings.tell({ kind: "agent", agent });
    const left = agent.expiresAt - SOON_OVER_MS - access.now();
    access.wait(Math.max(0, left), signal).then(
      () => current === agent && onState({ state: "signed-out", problem: SOON_OVER }),
      () => {},
    );
  };
  const followDoor = () => {
    const state = door.state();
    if (state.kind === "in" && state.agent !== current) take(state.agent);
  };
  const mayAdopt = ({ user, expiresAt }: SignedInAgent) =>
    (current === undefined || current.user.id === user.id) &&
    expiresAt > (current?.expiresAt ?? access.now());

  signal.addEventListener("abort", door.subscribe(followDoor), { once: true });
  onState({ state: "signing-in" });
  siblings.tell({ kind: "who" });
  followDoor();
  access.wait(SIBLINGS_ANSWER_MS, signal).then(
    () => current === undefined && onState({ state: "signed-out" }),
    () => {},
  );
  return {
    agent: () => current,
    tell,
    hear: (message) => {
      const state = door.state();
      if (message.kind === "who" && state.kind === "in") siblings.tell({ kind: "agent", agent: state.agent });
      if (message.kind === "agent" && mayAdopt(message.agent)) door.adopt(message.agent);
    },
  };
}
