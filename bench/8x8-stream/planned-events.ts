import { INBOUND_CLOSING, INBOUND_OPENING, interactionEvent } from "#/sandbox/8x8/interaction-events.ts";

const STEPS = [...INBOUND_OPENING, ...INBOUND_CLOSING];
/** Neighbors on the stream that may stand in another order than they happened. */
const MIXED = 4;

/** So many events of interactions that run side by side, each with its own time, and out of order by a little. */
export function plannedEvents(tenant: string, count: number) {
  const interactions = Math.ceil(count / STEPS.length);
  const from = Date.now() - 60_000;
  const all = Array.from({ length: count }, (_, index) => {
    const group = Math.floor(index / (STEPS.length * 10));
    const inGroup = index % (STEPS.length * 10);
    const width = Math.min(10, interactions - group * 10);
    const at = { now: from + index, offeredAt: from + group, sequence: index };
    const facts = {
      interactionGUID: `int-bench-${group * 10 + (inGroup % width)}`,
      tenant,
      agentId: `ag${group}`,
      queueId: "2101",
      queueName: "Billing",
      mediaType: "phone" as const,
      direction: "in" as const,
    };
    return interactionEvent(STEPS[Math.floor(inGroup / width)] ?? "InteractionDeleted", facts, at);
  });
  const events = Array.from({ length: Math.ceil(count / MIXED) }, (_, part) =>
    all.slice(part * MIXED, part * MIXED + MIXED).reverse(),
  ).flat();
  // What of the eight steps becomes an event: taken by an agent, wrapped up, deleted.
  const types = ["conversation.started", "conversation.ended", "conversation.ended"];
  return { events, expected: { interactions, types } };
}
