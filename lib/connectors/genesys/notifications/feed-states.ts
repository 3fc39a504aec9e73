import { isAppError } from "#/lib/kernel/app-error.ts";
import type { ProviderState } from "../../widget-provider.ts";
import { stateOf } from "./notification-channel.ts";

export type FeedState = ProviderState & { detail?: string };

/** The connection's state, overlaid by trouble with fetching or handing on; each is told once. */
export function createStates(tell: (state: FeedState) => void) {
  let connection: FeedState | undefined;
  let trouble: FeedState | undefined;
  let told = "";
  const say = () => {
    const current = connection?.state === "ready" && trouble ? trouble : connection;
    const json = JSON.stringify(current);
    if (!current || json === told) return;
    told = json;
    tell(current);
  };
  return {
    connection(state: FeedState) {
      connection = state;
      say();
    },
    trouble(error: unknown) {
      trouble = error === undefined ? undefined : troubleOf(error);
      say();
    },
  };
}

function troubleOf(error: unknown): FeedState {
  return isAppError(error)
    ? stateOf(error)
    : { state: "reconnecting", detail: "Messages cannot be handed on; they are kept and tried again." };
}
