import type { WidgetContext, WidgetHandlers } from "../../widget-provider.ts";
import type { ChatEvent, SessionContext } from "./desktop-toolkit.ts";
import type { Five9Parameters } from "./five9-parameters.ts";
import { readSkill, type SdkInteraction } from "./read-interaction.ts";

type Queue = WidgetContext["queue"];

const withQueue = (queue: Queue) => (queue ? { queue } : {});

/** What is known of one desktop while the widget is open in it. The toolkit repeats itself; this says things once. */
export class Desk {
  readonly #given: Five9Parameters;
  readonly #voiceStream: boolean;
  readonly #handlers: WidgetHandlers;
  readonly #shown = new Map<string, SdkInteraction>();
  readonly #told = new Map<string, string>();
  readonly #ended = new Set<string>();
  readonly #reopened = new Map<string, string>();
  readonly #now: () => number;
  #session: SessionContext = {};
  #current: string | undefined;

  constructor(given: Five9Parameters, voiceStream: boolean, handlers: WidgetHandlers, now: () => number) {
    this.#now = now;
    this.#given = given;
    this.#voiceStream = voiceStream;
    this.#handlers = handlers;
  }

  get showsSomething(): boolean {
    return this.#current !== undefined;
  }

  /** Of a conversation, or of the one in front. */
  interactionOf(conversationId = this.#current): SdkInteraction | undefined {
    return conversationId === undefined ? undefined : this.#shown.get(conversationId);
  }

  /** What the connector says counts from the start, and again once the toolkit has named the agent. */
  showGiven(): void {
    const { callId, sessionId, skillId, skill: skillName } = this.#given;
    const conversationId = callId ?? sessionId;
    if (!conversationId || this.#shown.has(conversationId)) return;
    this.#show({ conversationId, ...withQueue(readSkill({ skillId, skillName }, !this.#voiceStream)) });
  }

  know(session: SessionContext): void {
    this.#session = session;
    const interaction = this.interactionOf();
    if (interaction) this.#showInteraction(interaction);
    else this.showGiven();
  }

  hear(event: ChatEvent): void {
    switch (event.type) {
      case "shown":
        if (event.offered) this.#reopen(event.interaction);
        this.#shown.set(event.interaction.conversationId, event.interaction);
        this.#showInteraction(event.interaction);
        break;
      case "ended":
        this.#end(event.interaction);
        break;
      case "message": {
        const { interactionId: conversationId, ...message } = event.message;
        this.#handlers.onMessage({ conversationId, ...message });
        break;
      }
      case "unknown":
        this.#handlers.onUnknown?.({ topic: event.topic, payload: event.payload });
    }
  }

  #showInteraction({ conversationId, channel, queue }: SdkInteraction): void {
    this.#show({ conversationId, channel, ...withQueue(queue) });
  }

  #show(context: WidgetContext): void {
    const { conversationId } = context;
    const reopenedAt = this.#reopened.get(conversationId);
    const said = { ...this.#agent(), ...context, ...(reopenedAt && { reopenedAt }) };
    const content = JSON.stringify(said);
    if (this.#ended.has(conversationId)) return;
    if (this.#told.get(conversationId) === content && this.#current === conversationId) return;
    this.#told.set(conversationId, content);
    this.#current = conversationId;
    this.#handlers.onContext(said);
  }

  /** Rejected, ended and finished may all come; the first one counts. */
  #end({ conversationId }: SdkInteraction): void {
    if (this.#ended.has(conversationId)) return;
    this.#ended.add(conversationId);
    // The toolkit gives no time; without one, the end of what came back would count as the first one again.
    this.#handlers.onEnded?.(conversationId, "ended", this.#moment());
  }

  /** A transfer away is an end here, and the same interaction may come back. */
  #reopen({ conversationId }: SdkInteraction): void {
    if (this.#ended.delete(conversationId)) this.#reopened.set(conversationId, this.#moment());
  }

  #moment(): string {
    return new Date(this.#now()).toISOString();
  }

  #agent(): Pick<WidgetContext, "agent"> {
    const id = this.#session.agentId ?? this.#given.agentId;
    const name = this.#session.agentName ?? this.#given.agentName;
    return id ? { agent: { id, ...(name && { name }) } } : {};
  }
}
