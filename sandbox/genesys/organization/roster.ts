import { conflict } from "./api-error.ts";
import { type Conversation, inAcw, isActive, lastQueueId, type Participant } from "./conversation.ts";
import type { InteractionDeps } from "./interactions.ts";

type Joining = Pick<Participant, "purpose" | "state" | "name" | "userId" | "queueId">;

/** Single steps in and out of a conversation; only `end` and `settle` tell the listeners. */
export function createRoster(deps: InteractionDeps) {
  const { clock, random, directory } = deps;
  const join = (conversation: Conversation, who: Joining): Participant => {
    const at = clock.now();
    const participant: Participant = {
      id: random.uuid(),
      communicationId: random.uuid(),
      startedAt: at,
      settled: false,
      ...who,
      ...(who.state === "connected" && { connectedAt: at }),
    };
    conversation.participants.push(participant);
    return participant;
  };
  const alert = (conversation: Conversation, userId: string, queueId = lastQueueId(conversation)) => {
    const user = directory.user(userId);
    if (conversation.endedAt !== undefined) throw conflict("The conversation has ended.");
    return join(conversation, { purpose: "agent", state: "alerting", name: user.name, userId, queueId });
  };
  const toQueue = (conversation: Conversation, queueId: string) =>
    join(conversation, {
      purpose: "acd",
      state: "connected",
      name: directory.queue(queueId).name,
      queueId,
    });

  return {
    join,
    alert,
    toQueue,
    leave: (participant: Participant, conversation: Conversation) => leave(participant, deps, conversation),
    end: (conversation: Conversation) => end(conversation, deps),
    settle: (conversation: Conversation) => settle(conversation, deps),
  };
}

function leave(participant: Participant, deps: InteractionDeps, conversation: Conversation): void {
  const { clock, settings } = deps;
  const wasConnected = participant.state === "connected";
  participant.state = "disconnected";
  participant.endedAt = clock.now();
  if (participant.purpose !== "agent" || !wasConnected) return;
  const finished = participant.wrapUp && !participant.wrapUp.provisional;
  participant.acw = { startedAt: clock.now(), ...(finished && { endedAt: clock.now() }) };
  if (!finished)
    clock.after(settings.acwMs, () => {
      if (!participant.acw || !inAcw(participant)) return;
      participant.acw.endedAt = clock.now();
      settle(conversation, deps);
    });
}

function end(conversation: Conversation, deps: InteractionDeps): void {
  if (!conversation.participants.some(isActive)) throw conflict("The conversation has ended.");
  for (const participant of conversation.participants.filter(isActive))
    leave(participant, deps, conversation);
  settle(conversation, deps);
}

function settle(conversation: Conversation, { clock, publish }: InteractionDeps): void {
  const over = !conversation.participants.some((one) => isActive(one) || inAcw(one));
  if (over) conversation.endedAt ??= clock.now();
  publish(conversation);
}
