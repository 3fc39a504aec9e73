import type { DoneAnswer } from "#/lib/realtime/requests.ts";

/** Whether an answer says that the same request may succeed later. */
const WORTH_ANOTHER_TRY = new Set(["upstream_unavailable", "rate_limited", "no_answer"]);
const SLOWEST_RETRY_MS = 5_000;

type Send = () => Promise<DoneAnswer>;
export type Outbox = {
  /** Resolves once the server has it for good, or has refused it for good. */
  add(send: Send): Promise<DoneAnswer>;
  /** To be called whenever the connection is back. */
  wake(): void;
  waiting(): number;
  close(): void;
};

/**
 * Sends one thing after the other, in order, each as often as it takes; they outlive reconnects. The
 * server knows a repeated one by its id.
 */
export function createOutbox(isConnected: () => boolean, onChange: () => void): Outbox {
  const parcels: { send: Send; done: (answer: DoneAnswer) => void }[] = [];
  let busy = false;
  let closed = false;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const run = async () => {
    if (busy || closed) return;
    busy = true;
    clearTimeout(pause);
    while (parcels[0] && isConnected() && !closed) {
      const [first] = parcels;
      const answer = await first
        .send()
        .catch((): DoneAnswer => ({ ok: false, code: "no_answer", message: "" }));
      if (!answer.ok && WORTH_ANOTHER_TRY.has(answer.code)) {
        failures += 1;
        pause = setTimeout(() => void run(), Math.min(250 * 2 ** failures, SLOWEST_RETRY_MS));
        break;
      }
      failures = 0;
      parcels.shift();
      onChange();
      first.done(answer);
    }
    busy = false;
  };

  return {
    add: (send) =>
      new Promise((done) => {
        parcels.push({ send, done });
        onChange();
        void run();
      }),
    wake: () => {
      failures = 0;
      void run();
    },
    waiting: () => parcels.length,
    close: () => {
      closed = true;
      clearTimeout(pause);
    },
  };
}
