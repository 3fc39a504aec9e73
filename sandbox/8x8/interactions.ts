import { randomBytes } from "node:crypto";
import type { Entry } from "./broker/topic.ts";
import {
  agentStatusChange,
  INBOUND_CLOSING,
  INBOUND_OPENING,
  type InteractionFacts,
  interactionEvent,
} from "./interaction-events.ts";

type InteractionsOptions = {
  tenant: string;
  now: () => number;
  publish(body: unknown, key: string): Entry;
};

export type Interaction = {
  id: string;
  facts: InteractionFacts;
  /** Publishes one event of it. */
  publish(event: string, more?: Record<string, unknown>): Entry;
  /** Created, Queued, Assigned, Accepted. */
  accept(): void;
  /** Hands it to another agent, as a transfer does. */
  transfer(agentId: string): void;
  /** PostProcess, EndPostProcess, Deassigned, Deleted. */
  finish(): void;
};

export type Interactions = ReturnType<typeof createInteractions>;

/** Interactions of one tenant: each publishes its own events in the vendor's order. */
export function createInteractions({ tenant, now, publish }: InteractionsOptions) {
  const known = new Map<string, Interaction>();

  const begin = (given: Partial<Omit<InteractionFacts, "tenant">> = {}): Interaction => {
    const mediaType = given.mediaType ?? "phone";
    const id = given.interactionGUID ?? `int-${randomBytes(6).toString("hex")}-${mediaType}-01-${tenant}`;
    const facts: InteractionFacts = {
      tenant,
      agentId: "agCHmXFoTuRaI5XyfBbLLg",
      queueId: "2101",
      queueName: "Billing",
      direction: "in",
      ...given,
      mediaType,
      interactionGUID: id,
    };
    const offeredAt = now();
    let sequence = 0;
    const one: Interaction = {
      id,
      facts,
      publish: (event, more) => {
        sequence += 1;
        return publish(interactionEvent(event, facts, { now: now(), offeredAt, sequence }, more), id);
      },
      accept: () => {
        for (const event of INBOUND_OPENING) one.publish(event);
      },
      transfer: (agentId) => {
        one.publish("InteractionTransferRequest");
        one.publish("InteractionPostProcess");
        facts.agentId = agentId;
        facts.transactionNum = (facts.transactionNum ?? 1) + 1;
        one.publish("InteractionAssigned");
        one.publish("InteractionAccepted");
      },
      finish: () => {
        for (const event of INBOUND_CLOSING)
          one.publish(event, event === "InteractionDeleted" ? { hangupInitiator: "CUSTOMER" } : {});
      },
    };
    known.set(id, one);
    return one;
  };

  return {
    begin,
    get: (id: string) => known.get(id),
    agentStatus: (agentId: string, newState: number) =>
      publish(agentStatusChange(agentId, newState, now()), agentId),
  };
}
