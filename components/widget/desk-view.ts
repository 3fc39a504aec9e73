import type { Speaker } from "#/lib/events/conversation-event.ts";
import type { DurableBody, DurableMessage } from "#/lib/realtime/contract.ts";

type BodyOf<K extends DurableBody["kind"]> = Extract<DurableBody, { kind: K }>;

/** Something that was written to the platform, as it stands now. */
export type WriteView = Omit<BodyOf<"write-back">, "kind"> & {
  /** The number of the message that first told of it. */
  seq: number;
};
export type SummaryView = BodyOf<"summary">;
export type TurnView = { speaker: Speaker; text: string; at: string };

export function writesOf(messages: readonly DurableMessage[]): WriteView[] {
  const writes = new Map<string, WriteView>();
  for (const { body, seq } of messages) {
    if (body.kind !== "write-back") continue;
    const { kind: _, ...write } = body;
    writes.set(write.writeId, { ...write, seq: writes.get(write.writeId)?.seq ?? seq });
  }
  return [...writes.values()];
}

/** Edits and drafts may overtake each other on the way here; their version does not. */
export function summaryOf(messages: readonly DurableMessage[]): SummaryView | undefined {
  let latest: SummaryView | undefined;
  for (const { body } of messages)
    if (body.kind === "summary" && body.version >= (latest?.version ?? 0)) latest = body;
  return latest;
}

export function turnsOf(messages: readonly DurableMessage[]): Map<string, TurnView> {
  const turns = new Map<string, TurnView>();
  for (const { body, eventId } of messages) {
    if (!eventId) continue;
    if (body.kind === "transcript")
      turns.set(eventId, { speaker: body.speaker, text: body.text, at: body.at });
    // What the agent asked has no line of its own.
    else if (body.kind === "suggestion" && !turns.has(eventId))
      turns.set(eventId, { speaker: "agent", text: body.question, at: body.at });
  }
  return turns;
}

const plain = (text: string) => text.replace(/\s+/g, " ").trim();

/** Whether the platform has told of an agent's message of these words since. */
export function isEchoed(messages: readonly DurableMessage[], text: string, since: number): boolean {
  return messages.some(
    ({ body, seq }) =>
      seq > since &&
      body.kind === "transcript" &&
      body.speaker === "agent" &&
      plain(body.text) === plain(text),
  );
}
