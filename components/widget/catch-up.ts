import type { JoinAnswer } from "#/lib/realtime/requests.ts";
import { hasGap } from "./conversation-state.ts";
import type { ConversationStore } from "./conversation-store.ts";
import type { PaintedReport } from "./painted-report.ts";

type Step = "join" | "sync";

export type CatchUp = {
  /** Asks page after page until nothing is missing; who asks meanwhile waits for the same answer. */
  run(first: Step): Promise<void>;
  /** The socket is another one: an answer that is still awaited on the old one counts for nothing. */
  forget(): void;
};

export function createCatchUp(
  ask: (step: Step, after: number) => Promise<JoinAnswer>,
  store: ConversationStore,
  report: PaintedReport,
): CatchUp {
  let running: Promise<void> | undefined;

  const pages = async (first: Step) => {
    let step = first;
    let heldTo: number;
    do {
      heldTo = store.state().heldTo;
      const asked = Date.now();
      const answer = await ask(step, heldTo);
      if (!answer.ok) throw new Error(answer.code);
      report.setClock(answer.serverTime - (asked + Date.now()) / 2);
      report.received(answer.messages);
      const { messages, lastSeq, latest } = answer;
      store.dispatch({ type: "durable", messages, lastSeq, latest });
      step = "sync";
      // A page that brought nothing on means that the rest is not to be had now; the next turn asks again.
    } while (hasGap(store.state()) && store.state().heldTo > heldTo);
  };

  return {
    run: (first) => {
      if (running) return running;
      const mine = pages(first).finally(() => {
        if (running === mine) running = undefined;
      });
      running = mine;
      return mine;
    },
    forget: () => {
      running = undefined;
    },
  };
}
