import type { WidgetContext, WidgetHandlers, WidgetProvider } from "../../widget-provider.ts";
import type { BrowserProvider } from "../../widget-registry.ts";
import type { ProviderParts } from "../../widget-sign-in.ts";
import { openPartnerChannel } from "./partner-channel.ts";
import type { PartnerSdk } from "./partner-sdk.ts";
import { readWorkspace, type WorkspaceEvent } from "./workspace-events.ts";

const APP = { appName: "OmniBots Agent Assist", appVersion: "1", vendor: "OmniBots" };
/** Agent Workspace has no heartbeat call: a signal while a conversation is live keeps the frame counted as in use. */
const SIGNAL_MS = 60_000;

export type EightParts = Pick<ProviderParts, "setup" | "parameters"> & {
  openSdk(): PartnerSdk & { close(): void };
  /** Calls again and again until the answer is called. */
  every(ms: number, run: () => void): () => void;
  now(): number;
};

/** Inside Agent Workspace: the interaction comes by address (iid), by the workspace's events, or by the agent (aid). */
export const eightProvider: BrowserProvider = {
  fits: (parameters) => Boolean(parameters.iid ?? parameters.aid),
  signsIn: false,
  create: ({ page, host, setup, parameters }) =>
    createEightProvider({
      setup,
      parameters,
      openSdk: () => openPartnerChannel(page, host),
      every: (ms, run) => {
        const timer = page.setInterval(run, ms);
        return () => page.clearInterval(timer);
      },
      now: () => Date.now(),
    }),
};

/** Placeholders that a workspace did not fill in name nobody. */
const given = (value: string | undefined) => (value && !/[{}<>%]/.test(value) ? value : undefined);

type Desk = ReturnType<typeof createDesk>;

export function createEightProvider(parts: EightParts): WidgetProvider {
  const { openSdk, every } = parts;
  const iid = given(parts.parameters.iid);
  let desk: Desk | undefined;

  return {
    start: (handlers) => {
      const sdk = openSdk();
      const own = createDesk(parts, sdk, handlers);
      desk = own;
      sdk.system.initialise({ ...APP, onMessage: own.hear });
      sdk.system.getContext();
      sdk.system.getEvents();
      if (iid) own.show({ conversationId: iid });
      own.knowAgent([]);
      const stopSignals = every(SIGNAL_MS, own.signal);
      return () => {
        stopSignals();
        sdk.close();
        desk = undefined;
      };
    },
    insert: (message) => desk?.insert(message),
  };
}

/** What is known of one workspace while the widget is open in it. */
function createDesk({ setup, parameters, now }: EightParts, sdk: PartnerSdk, handlers: WidgetHandlers) {
  const aid = given(parameters.aid);
  const inboundEvent = setup.names?.inboundEvent;
  const live = new Set<string>();
  const ended = new Set<string>();
  const agentNames = new Set<string>();
  let current: string | undefined;
  let locale: string | undefined;

  const knowAgent = (names: readonly string[]) => {
    for (const name of names) agentNames.add(name.toLowerCase());
    const all = [...new Set([...(aid ? [aid] : []), ...names])];
    if (all.length > 0) handlers.onAgent?.(all);
  };
  const moment = () => new Date(now()).toISOString();
  const show = (context: WidgetContext) => {
    current = context.conversationId;
    if (!ended.has(current)) live.add(current);
    sdk.activity.signal();
    const agent = aid ? { agent: { id: aid } } : {};
    handlers.onContext({ ...agent, ...(locale && { language: locale }), ...context });
  };
  const end = (conversationId: string) => {
    live.delete(conversationId);
    if (live.size === 0) sdk.activity.idle();
    // The workspace gives no time; without one, the end of a conversation that came back counts as the first one again.
    ended.add(conversationId);
    handlers.onEnded?.(conversationId, "ended", moment());
  };
  /** What is looked at again after its end has not begun again. */
  const begin = (context: WidgetContext) =>
    show(ended.delete(context.conversationId) ? { ...context, reopenedAt: moment() } : context);
  const takes: { [K in WorkspaceEvent["kind"]]: (event: Extract<WorkspaceEvent, { kind: K }>) => void } = {
    context: ({ context, started }) => (started ? begin(context) : show(context)),
    messages: ({ messages }) => {
      for (const message of messages) handlers.onMessage(message);
    },
    user: ({ names }) => knowAgent(names),
    ended: ({ conversationId }) => end(conversationId),
    appearance: (event) => {
      locale = event.locale ?? locale;
      handlers.onAppearance?.({ theme: event.theme, locale: event.locale });
    },
    unknown: ({ topic, payload }) => handlers.onUnknown?.({ topic, payload }),
    nothing: () => {},
  };

  return {
    show,
    knowAgent,
    hear: (data: unknown) => {
      const event = readWorkspace(data, { agentNames, inboundEvent });
      (takes[event.kind] as (event: WorkspaceEvent) => void)(event);
    },
    signal: () => {
      if (live.size > 0) sdk.activity.signal();
    },
    insert: (message: string) => {
      if (!current) return;
      const said = { interactionId: current, message, schemaVersion: "1.0.0" };
      sdk.system.sendEvent("aw-chat-message-received-v1", said);
    },
  };
}
