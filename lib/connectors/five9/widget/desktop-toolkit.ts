import { type CrmSdk, fieldsOf, type InteractionApi, textOf } from "./crm-sdk.ts";
import { readInteraction, readMessage, type SdkInteraction, type SdkMessage } from "./read-interaction.ts";

export type SessionContext = { agentId?: string; agentName?: string; tenantId?: string };

export type InteractionEvent =
  /** `offered`: it comes to the agent, for the first time or back from a transfer; otherwise it is there. */
  | { type: "shown"; interaction: SdkInteraction; offered: boolean }
  | { type: "ended"; interaction: SdkInteraction }
  | { type: "unknown"; topic: string; payload: unknown };
export type ChatEvent = InteractionEvent | { type: "message"; message: SdkMessage };

export type ToolkitNames = {
  callIdField: string;
  voiceStream: boolean;
  /** Of the agent's own event stream; without it chats have a life cycle and no text. */
  chatEventId?: string | undefined;
};

/** What the product page calls the Agent Desktop Toolkit: our two names over what the SDK really has. */
export type DesktopToolkit = {
  getSessionContext(): Promise<SessionContext>;
  onChatEvent(listener: (event: ChatEvent) => void): void;
  onCallEvent(listener: (event: InteractionEvent) => void): void;
  api: InteractionApi | undefined;
};

/** The first of each is the offer. */
const SHOWN = { voice: ["callStarted", "callAccepted"], chat: ["chatOffered", "chatAccepted"] } as const;
const ENDED = {
  voice: ["callRejected", "callEnded", "callFinished"],
  chat: ["chatRejected", "chatTransferred", "chatEnded", "chatFinished"],
} as const;
/** Unimplemented names make the SDK complain once for each. */
const SILENT = [
  "emailOffered",
  "emailAccepted",
  "emailRejected",
  "emailTransferred",
  "emailFinished",
  "objectSelected",
];

/** Builds the adapter on whatever this version of the SDK brings; a missing part leaves its events out. */
export function createDesktopToolkit(sdk: CrmSdk, names: ToolkitNames): DesktopToolkit {
  const api = attempt(() => sdk.interactionApi?.());
  let call: (event: InteractionEvent) => void = () => {};
  let chat: (event: ChatEvent) => void = () => {};
  const listeners = (channel: "voice" | "chat", tell: (event: InteractionEvent) => void) => {
    const on = (topic: string, type: "shown" | "ended") => (params: unknown) => {
      const data = fieldsOf(params)[channel === "voice" ? "callData" : "chatData"];
      const interaction = readInteraction(data, channel, names);
      const offered = topic === SHOWN[channel][0];
      tell(interaction ? { type, interaction, offered } : { type: "unknown", topic, payload: params });
    };
    return Object.fromEntries([
      ...SHOWN[channel].map((topic) => [topic, on(topic, "shown")] as const),
      ...ENDED[channel].map((topic) => [topic, on(topic, "ended")] as const),
    ]);
  };
  const subscribe = once(() => {
    const silent = Object.fromEntries(SILENT.map((topic) => [topic, () => {}]));
    const voice = listeners("voice", (event) => call(event));
    attempt(() => api?.subscribe?.({ ...silent, ...voice, ...listeners("chat", (event) => chat(event)) }));
  });
  return {
    api,
    getSessionContext: () => readSession(api),
    onCallEvent(listener) {
      call = listener;
      subscribe();
    },
    onChatEvent(listener) {
      chat = listener;
      subscribe();
      const { chatEventId } = names;
      if (!chatEventId) return;
      const hear = (payload: unknown) => {
        const message = readMessage(payload);
        listener(message ? { type: "message", message } : { type: "unknown", topic: chatEventId, payload });
      };
      attempt(() => api?.subscribeWsEvent?.({ [chatEventId]: hear }));
    },
  };
}

/** The SDK knows the agent's id; the name is the platform's to tell, in the agent's own session. */
async function readSession(api: InteractionApi | undefined): Promise<SessionContext> {
  const metadata = fieldsOf(await settled(api?.getMetadata?.()));
  const agentId = textOf(metadata.agentId);
  if (!agentId) return {};
  const tenantId = textOf(metadata.tenantId);
  const path = `/appsvcs/rs/svc/agents/${encodeURIComponent(agentId)}`;
  const answer = fieldsOf(await settled(api?.executeRestApi?.({ path, method: "GET", payload: "" })));
  const agentName = nameIn(answer.response);
  return { agentId, ...(tenantId && { tenantId }), ...(agentName && { agentName }) };
}

function nameIn(response: unknown): string | undefined {
  const fields = fieldsOf(typeof response === "string" ? attempt(() => JSON.parse(response) as unknown) : {});
  const parts = [textOf(fields.firstName), textOf(fields.lastName)].filter(Boolean).join(" ");
  return textOf(fields.fullName) ?? textOf(parts);
}

/** A kit that fails in one part must not take the others along. */
async function settled(work: Promise<unknown> | undefined): Promise<unknown> {
  try {
    return await work;
  } catch {
    return undefined;
  }
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    run();
  };
}
