import { parentPort } from "node:worker_threads";
import type { ThreadMessage, ThreadReply } from "./thread-client.ts";

/**
 * The inside of a thread: answers questions one after the other. It leaves when told to and between two
 * questions only, because ending a thread from outside while it computes takes the whole process with it.
 */
export function serveThread<Q, A>(answer: (question: Q) => Promise<A>, hear?: (news: unknown) => void): void {
  const port = parentPort;
  if (!port) throw new Error("serveThread runs in a worker thread");
  const say = (reply: ThreadReply<A>) => port.postMessage(reply);
  let work: Promise<void> = Promise.resolve();

  // A failure is not caught: the thread dies of it and is replaced, which also clears whatever caused it.
  port.on("message", (message: ThreadMessage<Q>) => {
    switch (message.kind) {
      case "question":
        work = work.then(async () => say({ id: message.id, answer: await answer(message.question) }));
        break;
      case "news":
        hear?.(message.news);
        break;
      case "leave":
        work = work.then(() => port.close());
        break;
    }
  });
  say({ ready: true });
}
