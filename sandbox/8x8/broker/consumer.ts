import { setTimeout as later } from "node:timers";
import type { WebSocket } from "ws";
import { answerEndOfTopic, type ClientFrame, readClientFrame } from "./client-frame.ts";
import type { BrokerFaults } from "./faults.ts";
import { createSessionSocket } from "./session-socket.ts";
import type { Subscription, Topic } from "./topic.ts";

export type ConsumerOptions = {
  topic: Topic;
  subscription: Subscription;
  type: string;
  window: number;
  pull: boolean;
  redeliveryDelayMs: number;
  ackTimeoutMs: number;
  faults: () => BrokerFaults;
  random: () => number;
};

/** A consumer of a durable subscription: what it does not acknowledge comes again, to it or to the next one. */
export function serveConsumer(socket: WebSocket, options: ConsumerOptions): void {
  const { topic, subscription, type, pull, redeliveryDelayMs, ackTimeoutMs, faults, random } = options;
  const out = createSessionSocket(socket, faults, random);
  const held = new Map<string, { index: number; timer?: NodeJS.Timeout }>();
  let free = pull ? 0 : options.window;

  const isActive = () => type === "Shared" || type === "Key_Shared" || subscription.consumers[0] === self;
  const takeNext = (): number | undefined => {
    const again = subscription.waiting.shift();
    if (again !== undefined) return again;
    return subscription.next < topic.log.length ? subscription.next++ : undefined;
  };
  const giveBack = (index: number) => {
    if (subscription.acknowledged.has(index)) return;
    subscription.redeliveries.set(index, (subscription.redeliveries.get(index) ?? 0) + 1);
    subscription.waiting.push(index);
    subscription.waiting.sort((one, other) => one - other);
    for (const consumer of subscription.consumers) consumer.wake();
  };
  const hold = (messageId: string, index: number) => {
    const again = () => {
      if (held.delete(messageId)) giveBack(index);
    };
    held.set(messageId, { index, ...(ackTimeoutMs > 0 && { timer: later(again, ackTimeoutMs) }) });
  };
  const pump = () => {
    if (faults().silent || !isActive()) return;
    while (free > 0 && socket.readyState === socket.OPEN) {
      const index = takeNext();
      const entry = index === undefined ? undefined : topic.log[index];
      if (index === undefined || !entry) return;
      free -= 1;
      hold(entry.messageId, index);
      out.send(entry, subscription.redeliveries.get(index) ?? 0);
    }
  };
  const release = (messageId: string) => {
    const found = held.get(messageId);
    held.delete(messageId);
    clearTimeout(found?.timer);
    if (found && !pull) free += 1;
    return found;
  };

  const hear = ({ type: kind, messageId = "", permitMessages = 0 }: ClientFrame) => {
    if (kind === "isEndOfTopic") answerEndOfTopic(socket, subscription.next >= topic.log.length);
    else if (kind === "permit") free += permitMessages;
    else {
      const found = release(messageId);
      if (found && kind === "negativeAcknowledge") later(() => giveBack(found.index), redeliveryDelayMs);
      else if (found) subscription.acknowledged.add(found.index);
    }
  };

  const self = { type, end: () => socket.terminate(), wake: pump };
  subscription.consumers.push(self);
  const stopListening = topic.listen(pump);
  socket.on("message", (bytes) => {
    const frame = readClientFrame(bytes.toString());
    if (frame) hear(frame);
    pump();
  });
  socket.on("close", () => {
    stopListening();
    subscription.consumers = subscription.consumers.filter((each) => each !== self);
    for (const { index, timer } of held.values()) {
      clearTimeout(timer);
      giveBack(index);
    }
    held.clear();
    for (const consumer of subscription.consumers) consumer.wake();
  });
  socket.on("error", () => socket.terminate());
  pump();
}
