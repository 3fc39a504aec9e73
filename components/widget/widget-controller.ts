import type { ProviderState, WidgetContext } from "#/lib/connectors/widget-provider.ts";
import type { DoorState } from "#/lib/connectors/widget-sign-in.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import type { QuotaTold } from "#/lib/realtime/requests.ts";
import { type AgentSession, createAgentSession } from "./agent-session.ts";
import { watchAgent } from "./agent-watch.ts";
import { gatherQuota } from "./gather-quota.ts";
import type { HostMessage } from "./host-page-provider.ts";
import { createTalks, type Talk, type Talks } from "./talks.ts";
import { wearAppearance } from "./wear-appearance.ts";
import type { WidgetAddress } from "./widget-address.ts";
import { broughtSession, openSession, type Session } from "./widget-session.ts";
import type { WidgetSource } from "./widget-sources.ts";

/** What the widget shows: nothing to follow yet, or one conversation. */
export type WidgetState = {
  talk?: Talk;
  context?: WidgetContext;
  /** How the provider stands with its platform; absent where it has none to stand with. */
  provider?: ProviderState;
  door?: DoorState;
};

export type WidgetController = {
  state(): WidgetState;
  subscribe(listener: () => void): () => void;
  stop(): void;
};

type Options = {
  platform: PlatformId;
  connection: string;
  address: WidgetAddress;
  source: WidgetSource;
  /** Changes the widget's language to the desktop's, where it speaks it. */
  speak(tag: string): void;
};

/** Follows what the desktop shows, and forwards the messages that it tells of. */
export function startWidget(options: Options): WidgetController {
  const { platform, connection, address, speak } = options;
  const { provider, door } = options.source;
  const listeners = createListeners();
  let state: WidgetState = { door: door?.state() };
  const show = (next: WidgetState) => {
    state = next;
    listeners.tell();
  };
  const session = createAgentSession((problem) => {
    door?.forget(problem);
    show({ ...state, provider: { state: "signed-out", problem } });
  });
  const talks = createTalks(
    exchangeOf(options, session, () => state.context),
    (talk) => {
      if (state.talk?.conversationId === talk.conversationId) show({ ...state, talk });
    },
  );

  const follow = (context: WidgetContext) => {
    state = { ...state, context };
    // A refusal is shown as the talk's own state.
    talks.linkOf(context.conversationId).then(
      (link) => link.context(context),
      () => {},
    );
    show({ ...state, context, talk: talks.get(context.conversationId) });
  };
  const forward = async (message: HostMessage) => {
    if (!state.talk) follow({ conversationId: message.conversationId });
    const { conversationId, messageId } = message;
    const link = await talks.linkOf(conversationId);
    const told = { ...queueOf(state.context, conversationId), ...withoutUndefined(message) };
    const answer = await link.forward(messageId, told);
    if (answer.ok) provider.accepted?.(messageId);
  };

  const agents = watchAgent({ platform, connection, embedToken: address.embedToken }, (context) => {
    if (state.talk?.conversationId !== context.conversationId) follow(context);
  });
  const followDoor = () => {
    const known = door?.state();
    state = { ...state, door: known };
    const context = known?.kind === "in" && letGo(talks, state, session.keep(known.agent));
    if (context) follow(context);
    else show(state);
  };
  followDoor();
  const leaveDoor = door?.subscribe(followDoor);

  const quota = gatherQuota((told) => tellQuota(talks, state.talk, told));
  const stopProvider = provider.start({
    onContext: follow,
    onMessage: (message) => void forward(message).catch(() => {}),
    // A refusal is shown as the talk's own state.
    onEnded: (...said) => void tellEnded(talks, ...said).catch(() => {}),
    onUnknown: (sample) => void tellUnknown(talks, state.talk, sample).catch(() => {}),
    onQuota: quota.note,
    onState: (told) => show({ ...state, provider: told }),
    onAgent: (names) => agents.watch(names),
    onAppearance: (appearance) => wearAppearance(document, appearance, speak),
  });
  // With a sign-in the provider tells of the conversation, once it knows the agent.
  if (address.conversationId && !door) follow({ conversationId: address.conversationId });

  return {
    state: () => state,
    subscribe: listeners.subscribe,
    stop: () => {
      stopProvider();
      quota.stop();
      agents.stop();
      leaveDoor?.();
      door?.stop();
      talks.close();
    },
  };
}

type Exchange = (conversationId: string) => Promise<Session>;

function exchangeOf(
  { platform, connection, address, source: { provider } }: Options,
  session: AgentSession,
  contextNow: () => WidgetContext | undefined,
): Exchange {
  return async (conversationId) => {
    if (provider.openSession) return broughtSession(provider.openSession(conversationId));
    const { embedToken } = address;
    const agent = { ...namedAgent(contextNow(), address), agentSession: session.current() };
    return openSession({ platform, connection, embedToken, conversationId, ...agent });
  };
}

/**
 * Whoever signs in must not go on in another's name, and what was refused before may be allowed now. Answers what is
 * to be followed anew, of another agent's without that one's own part.
 */
function letGo(talks: Talks, { context, talk }: WidgetState, isAnother: boolean): WidgetContext | undefined {
  talks.drop(isAnother ? "all" : "refused");
  if (!context || !talk || talks.get(talk.conversationId)) return undefined;
  const { agent: _, participantId: __, ...ofAnyone } = context;
  return isAnother ? ofAnyone : context;
}

async function tellEnded(talks: Talks, conversationId: string, reason: string, at?: string): Promise<void> {
  if (talks.get(conversationId)) (await talks.linkOf(conversationId)).ended({ reason, at });
}

type Sample = { topic: string; payload: unknown };

async function tellUnknown(talks: Talks, talk: Talk | undefined, { topic, payload }: Sample): Promise<void> {
  if (talk) (await talks.linkOf(talk.conversationId)).unknown({ topic, sample: payload });
}

/** The desktop's word for the agent goes before the address's. */
function namedAgent(context: WidgetContext | undefined, { agentId, agentName }: WidgetAddress) {
  const { agent } = context ?? {};
  return agent ? { agentId: agent.id, agentName: agent.name } : { agentId, agentName };
}

function tellQuota(talks: Talks, talk: Talk | undefined, told: QuotaTold): boolean {
  return (talk && talks.get(talk.conversationId)?.link?.quota(told)) ?? false;
}

function createListeners() {
  const listeners = new Set<() => void>();
  return {
    tell: () => {
      for (const listener of listeners) listener();
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function queueOf(context: WidgetContext | undefined, conversationId: string) {
  const queue = context?.conversationId === conversationId ? context.queue : undefined;
  return { queueId: queue?.id, queueName: queue?.name };
}

/** What is undefined in a message would hide what is known from its context. */
const withoutUndefined = (message: HostMessage) =>
  Object.fromEntries(Object.entries(message).filter(([, value]) => value !== undefined));
