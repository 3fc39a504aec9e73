import type { WidgetHandlers } from "../../widget-provider.ts";
import type { BrowserProvider } from "../../widget-registry.ts";
import type { SignedInAgent } from "../../widget-sign-in.ts";

const SOON_OVER = "Your Google sign-in has ended. Sign in again.";

/** An id, or a full name whose last part is the id that events carry as well. */
function conversationIn(parameters: Readonly<Record<string, string>>): string | undefined {
  const given = parameters.conversationId?.trim() || parameters.conversation?.trim();
  if (!given || /[{}]/.test(given)) return undefined;
  return given.slice(given.lastIndexOf("/") + 1) || undefined;
}

/**
 * Google brings no agent desktop: the tenant's own page frames the widget and names the conversation in its address.
 * All that is said in it comes by Pub/Sub, so that the browser only signs the agent in.
 */
export const googleProvider: BrowserProvider = {
  fits: (parameters) => conversationIn(parameters) !== undefined,
  create({ parameters, door }) {
    const conversationId = conversationIn(parameters) ?? "";

    const start = (handlers: WidgetHandlers) => {
      let told: SignedInAgent | undefined;
      const follow = () => {
        const state = door.state();
        if (state.kind === "out")
          handlers.onState?.({ state: "signed-out", ...(state.problem && { problem: state.problem }) });
        else if (state.kind !== "in") handlers.onState?.({ state: "signing-in" });
        else if (state.agent !== told) {
          told = state.agent;
          handlers.onState?.({ state: "ready" });
          handlers.onContext({ conversationId, agent: told.user });
        }
      };
      const left = () => (told ? told.agentSessionEndsAt - Date.now() : Number.POSITIVE_INFINITY);
      const watch = setInterval(() => left() <= 0 && door.forget(SOON_OVER), 30_000);
      const leave = door.subscribe(follow);
      follow();
      return () => {
        clearInterval(watch);
        leave();
      };
    };

    return { start, signIn: () => door.open() };
  },
};
