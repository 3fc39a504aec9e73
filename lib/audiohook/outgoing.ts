import { takeToken } from "./rate-limit.ts";
import type { Entity } from "./session-contract.ts";
import { type SessionState, type Step, send } from "./session-state.ts";

/** The platform takes 64,000 bytes a message; the rest is room for the envelope. */
const LARGEST_EVENT_BYTES = 60_000;
const MOST_WAITING_ENTITIES = 1000;

function sizeOf(entity: Entity): number {
  return Buffer.byteLength(JSON.stringify(entity)) + 1;
}

/** Waiting entities as few events as possible, none of them empty: an empty one crashes the client. */
function takeEvent(state: SessionState): Entity[] {
  const entities: Entity[] = [];
  let bytes = 0;
  for (const entity of state.waitingEntities) {
    bytes += sizeOf(entity);
    if (bytes > LARGEST_EVENT_BYTES) break;
    entities.push(entity);
  }
  state.waitingEntities.splice(0, entities.length);
  return entities;
}

function sendNextWaiting(step: Step): void {
  const { state } = step;
  if (state.waitingControl) {
    send(step, { type: state.waitingControl, parameters: {} });
    state.waitingControl = undefined;
    return;
  }
  send(step, { type: "event", parameters: { entities: takeEvent(state) } });
}

function hasWaiting(state: SessionState): boolean {
  return state.waitingControl !== undefined || state.waitingEntities.length > 0;
}

/** Sends what the rate allows and asks to be woken for the rest, which joins into one event meanwhile. */
export function sendWaiting(step: Step): void {
  const { state, nowMs, outputs } = step;
  while (hasWaiting(state)) {
    const afterMs = takeToken(state.bucket, nowMs);
    if (afterMs === 0) {
      sendNextWaiting(step);
      continue;
    }
    if (!state.waking) outputs.push({ type: "wake", afterMs });
    state.waking = true;
    return;
  }
}

/** The last chance before `closed`: nothing waits any longer. */
export function sendAllEntities(step: Step): void {
  step.state.waitingControl = undefined;
  while (step.state.waitingEntities.length > 0) sendNextWaiting(step);
}

/** Events may go out from `opened` until `closed`. What does not fit a message or the queue is not sent. */
export function queueEntities(step: Step, entities: readonly Entity[]): void {
  const { state } = step;
  const canSend = state.live && (state.phase === "open" || state.phase === "closing");
  if (!canSend) return;
  const room = MOST_WAITING_ENTITIES - state.waitingEntities.length;
  state.waitingEntities.push(
    ...entities.filter((entity) => sizeOf(entity) <= LARGEST_EVENT_BYTES).slice(0, Math.max(0, room)),
  );
  sendWaiting(step);
}

/** Pause and resume are wishes: audio stops and starts with the client's `paused` and `resumed`. */
export function queueControl(step: Step, control: "pause" | "resume"): void {
  const { state } = step;
  if (state.phase !== "open" || state.disconnecting) return;
  state.waitingControl = control;
  sendWaiting(step);
}
