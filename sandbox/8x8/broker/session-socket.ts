import { setTimeout as later } from "node:timers";
import type { WebSocket } from "ws";
import type { BrokerFaults } from "./faults.ts";
import type { Entry } from "./topic.ts";

type Sent = { entry: Entry; redeliveries: number };

/** The outgoing half of a session: writes messages, and does to them what the knobs say. */
export function createSessionSocket(socket: WebSocket, faults: () => BrokerFaults, random: () => number) {
  let sent = 0;
  let group: Sent[] = [];
  let flushing: NodeJS.Timeout | undefined;

  const write = ({ entry, redeliveries }: Sent) => {
    if (socket.readyState !== socket.OPEN) return;
    const { messageId, payload, publishTime, key } = entry;
    const frame = {
      messageId,
      payload,
      properties: {},
      publishTime,
      redeliveryCount: redeliveries,
      ...(key && { key }),
    };
    const text = JSON.stringify(frame);
    socket.send(text);
    if (faults().duplicate > random()) socket.send(text);
    if (faults().noise) {
      socket.send(JSON.stringify({ type: "isEndOfTopic", endOfTopic: "false" }));
      socket.send("not json");
    }
    sent += 1;
    const { closeAfter, cutAfter } = faults();
    if (closeAfter && sent >= closeAfter.messages) closeWith(socket, closeAfter.code);
    else if (cutAfter !== undefined && sent >= cutAfter) socket.terminate();
  };
  const flush = () => {
    flushing = undefined;
    const mixed = group.map((each) => ({ each, at: random() })).sort((one, other) => one.at - other.at);
    group = [];
    for (const { each } of mixed) write(each);
  };

  return {
    send: (entry: Entry, redeliveries: number) => {
      if (faults().shuffle <= 1) return write({ entry, redeliveries });
      group.push({ entry, redeliveries });
      if (group.length >= faults().shuffle) {
        clearTimeout(flushing);
        flush();
      } else flushing ??= later(flush, 20);
    },
  };
}

/** Pulsar closes with codes below 1000, which no WebSocket library sends: written to the socket as bytes. */
export function closeWith(socket: WebSocket, code: number): void {
  if (code >= 1000) {
    socket.close(code);
    return;
  }
  const raw = (socket as unknown as { _socket?: { end(bytes: Buffer): void } })._socket;
  raw?.end(Buffer.from([0x88, 0x02, code >> 8, code & 0xff]));
}
