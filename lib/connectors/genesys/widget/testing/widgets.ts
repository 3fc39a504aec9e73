import type { ProviderState, WidgetContext, WidgetMessage } from "#/lib/connectors/widget-provider.ts";
import type { DoorState, SignedInAgent, SignInDoor } from "#/lib/connectors/widget-sign-in.ts";
import { DEMO_USERS, LARKFIELD } from "#/sandbox/genesys/organization/demo-organization.ts";
import type { Organization } from "#/sandbox/genesys/organization/start-organization.ts";
import { createGenesysProvider } from "../genesys-provider.ts";
import type { SiblingPlatform } from "../siblings.ts";

const NOBODY = { id: "", name: "" };
export const [KIM = NOBODY, DANIEL = NOBODY] = DEMO_USERS;

/** A door that opens when the test says so. */
export function aDoor(): SignInDoor & { enter(agent: SignedInAgent): void } {
  const listeners = new Set<() => void>();
  let state: DoorState = { kind: "out" };
  const show = (next: DoorState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    open: () => {},
    openHere: () => {},
    enterCode: () => {},
    adopt: (agent) => show({ kind: "in", agent }),
    forget: (problem) => show({ kind: "out", problem }),
    stop: () => {},
    enter: (agent) => show({ kind: "in", agent }),
  };
}

export function signedIn(organization: Organization, lifeMs = 3_600_000, user = KIM): SignedInAgent {
  return {
    accessToken: organization.agentToken(user.id).value,
    expiresAt: Date.now() + lifeMs,
    user: { id: user.id, name: user.name },
    organization: { id: LARKFIELD.id },
    organizationConfirmed: true,
    agentSession: "session",
    agentSessionEndsAt: Date.now() + lifeMs,
  };
}

/** One browser: channels by name, and locks that pass to the next waiting. */
export function aBrowser(name = crypto.randomUUID()): SiblingPlatform {
  const tails = new Map<string, Promise<unknown>>();
  return {
    openChannel: (channel) => new BroadcastChannel(`${name} ${channel}`),
    hold: (lock, signal, held) => {
      const before = tails.get(lock) ?? Promise.resolve();
      const run = before.then(() => (signal.aborted ? undefined : held()));
      tails.set(lock, run);
      return run;
    },
  };
}

export type AWidget = ReturnType<typeof aWidget>;

/** One widget of an agent, as one of the frames of a browser. */
export function aWidget(
  organization: Organization,
  conversationId: string | undefined,
  siblings: SiblingPlatform = {},
) {
  const door = aDoor();
  const heard = {
    messages: [] as WidgetMessage[],
    contexts: [] as WidgetContext[],
    ended: [] as string[],
    states: [] as ProviderState[],
    unknown: [] as string[],
  };
  const provider = createGenesysProvider({
    connection: "larkfield",
    setup: { hosts: { login: organization.url, api: organization.url, apps: organization.url } },
    parameters: conversationId ? { conversationId, gcTargetEnv: "prod" } : { gcTargetEnv: "prod" },
    host: organization.url,
    door,
    siblings,
    openSocket: (url) => new WebSocket(url),
    access: {
      connectionId: "larkfield",
      fetch,
      now: () => Date.now(),
      wait: (ms, signal) =>
        new Promise((resolve, reject) => {
          const timer = setTimeout(resolve, ms);
          signal?.addEventListener("abort", () => {
            clearTimeout(timer);
            reject(signal.reason);
          });
        }),
      sandboxes: {},
    },
  });
  const stop = provider.start({
    onContext: (context) => void heard.contexts.push(context),
    onMessage: (message) => void heard.messages.push(message),
    onEnded: (id, reason) => void heard.ended.push(`${id}: ${reason}`),
    onState: (state) => void heard.states.push(state),
    onUnknown: ({ topic }) => void heard.unknown.push(topic),
  });
  return { provider, door, heard, stop, texts: () => heard.messages.map(({ text }) => text) };
}
