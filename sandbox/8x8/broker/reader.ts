import type { WebSocket } from "ws";
import { answerEndOfTopic, readClientFrame } from "./client-frame.ts";
import type { BrokerFaults } from "./faults.ts";
import { createSessionSocket } from "./session-socket.ts";
import type { Topic } from "./topic.ts";

type ReaderOptions = {
  topic: Topic;
  from: number;
  window: number;
  faults: () => BrokerFaults;
  random: () => number;
};

/** A reader is not durable: it begins where it says. Any frame of the client frees one place of its window. */
export function serveReader(socket: WebSocket, { topic, from, window, faults, random }: ReaderOptions): void {
  const out = createSessionSocket(socket, faults, random);
  let next = from;
  let free = window;

  const pump = () => {
    if (faults().silent) return;
    while (free > 0 && next < topic.log.length && socket.readyState === socket.OPEN) {
      const entry = topic.log[next];
      if (!entry) return;
      next += 1;
      free -= 1;
      out.send(entry, 0);
    }
  };
  const stopListening = topic.listen(pump);
  socket.on("message", (bytes) => {
    const frame = readClientFrame(bytes.toString());
    if (frame?.type === "isEndOfTopic") return answerEndOfTopic(socket, next >= topic.log.length);
    free = Math.min(window, free + 1);
    pump();
  });
  socket.on("close", stopListening);
  socket.on("error", () => socket.terminate());
  pump();
}
