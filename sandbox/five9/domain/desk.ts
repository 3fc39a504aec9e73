import type { EventEmitter } from "node:events";
import type { createInteractions, Interaction } from "./interactions.ts";

export type Changes = EventEmitter<{ change: [Interaction, string] }>;

/** What agents and customers do without a call: chats, and the log that closes an interaction. */
export function createDesk({ begin, of }: ReturnType<typeof createInteractions>, changes: Changes) {
  return {
    chat(options: { skillId?: string; agentId?: string } = {}): Interaction {
      const interaction = begin("chat", options.skillId, options.agentId);
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
    /** After the agent's disposition; the log is what the desktop saved. */
    finish(id: string, log: Record<string, string>) {
      const interaction = of(id);
      interaction.state = "finished";
      interaction.log = log;
      changes.emit("change", interaction, "finished");
    },
  };
}
