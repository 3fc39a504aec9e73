import type { EventEmitter } from "node:events";
import { postChatMessage } from "./events.ts";
import type { Faults } from "./faults.ts";
import type { createInteractions, Interaction } from "./interactions.ts";
import type { createSubscriptions } from "./subscriptions.ts";

export type Changes = EventEmitter<{ change: [Interaction, string] }>;

type DeskParts = {
  interactions: ReturnType<typeof createInteractions>;
  subscriptions: ReturnType<typeof createSubscriptions>;
  changes: Changes;
  faults: Faults;
};

/** What agents and customers do without a call: chats, and the log that closes an interaction. */
export function createDesk({ interactions: { begin, of }, subscriptions, changes, faults }: DeskParts) {
  return {
    chat(options: { skillId?: string; agentId?: string; subscription?: string } = {}): Interaction {
      const interaction = begin("chat", options.skillId, options.agentId);
      interaction.subscription = options.subscription;
      interaction.state = "talking";
      changes.emit("change", interaction, "chat_accepted");
      return interaction;
    },
    write(id: string, from: "customer" | "agent", text: string) {
      const { messages } = of(id);
      const message = { id: `${id}-${messages.length + 1}`, from, text, at: new Date().toISOString() };
      messages.push(message);
      changes.emit("change", of(id), "chat_message");
      return message;
    },
    /** A chat message that whoever passes messages on tells the product. */
    passOn(id: string, { id: messageId, from, text, at }: Interaction["messages"][number]) {
      const { skillId, skillName: skill, agentId, subscription } = of(id);
      const { events } = subscriptions.of(subscription) ?? {};
      const body = { conversationId: id, messageId, from, text, skillId, skill, agentId, at };
      if (events) void postChatMessage(events, body, faults);
    },
    /** After the agent's disposition; the log is what the desktop saved. */
    finish(id: string, log: Record<string, string>) {
      const interaction = of(id);
      interaction.state = "finished";
      interaction.log = log;
      changes.emit("change", interaction, "finished");
    },
  };
}
