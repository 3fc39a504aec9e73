import type { DoorState, SignInDoor } from "#/lib/connectors/widget-sign-in.ts";
import type { FinishAnswer, SignInRequests } from "./sign-in-requests.ts";
import { watchWindow } from "./sign-in-window.ts";
import { SessionRefused } from "./widget-session.ts";

export type PopupWindow = Pick<Window, "closed" | "close"> & { location: { replace(url: string): void } };

/** What the door takes from the browser. */
export type DoorPage = {
  origin: string;
  /** Null where the browser, or the frame's sandbox, lets no window open. */
  openWindow(): PopupWindow | null;
  /** Leaves this page for another address. */
  leave(url: string, keeper: string): void;
  /** Tells of each message to this window; the answer stops it. */
  listen(hear: (event: { source: unknown; origin: string; data: unknown }) => void): () => void;
  every(ms: number, run: () => void): () => void;
};

type DoorOptions = {
  page: DoorPage;
  requests: SignInRequests;
  /** From the address, where this page is back from such a sign-in. */
  returned?: { ticket: string; keeper: string | undefined } | undefined;
};

const ELSEWHERE = "This sign-in was begun in another window. Sign in again here.";
const UNREACHED = "The server could not be reached. Check the network, then sign in again.";
const REFUSED = "This widget's address is not valid any more, or has no sign-in. Ask your administrator.";
const BUSY = "The sign-in could not be begun. Try again in a moment.";

type Attempt = { ticket: string; stop(): void };

/** Signs an agent in by the platform's own login: in a window, or by this frame leaving and coming back. */
export function createSignInDoor({ page, requests, returned }: DoorOptions): SignInDoor {
  const listeners = new Set<() => void>();
  let state: DoorState = { kind: "out" };
  /** The latest wins: whatever an earlier attempt still brings is left out. */
  let attempt: Attempt | undefined;

  const show = (next: DoorState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  const begin = (next: Attempt | undefined) => {
    attempt?.stop();
    attempt = next;
  };
  const settle = (next: DoorState) => {
    begin(undefined);
    show(next);
  };
  /** Asks what came of an attempt; answers that come after another began are dropped. */
  const ask = async (own: Attempt, proof?: string): Promise<FinishAnswer | undefined> => {
    const answer = await requests.finish({ ticket: own.ticket, proof }).catch(() => undefined);
    if (attempt !== own) return undefined;
    if (answer?.state === "failed") settle({ kind: "out", problem: answer.reason });
    if (answer?.state === "ready") {
      const { state: _, ...agent } = answer;
      settle({ kind: "in", agent });
    }
    return answer;
  };
  const run = { show, begin, settle, ask, current: () => attempt, state: () => state };

  if (returned) void comeBack(run, returned);
  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    open: () => {
      // Login pages refuse to stand in a frame, whatever the desktop says of popups: a window comes first.
      const popup = page.openWindow();
      void (popup ? signInWindow(run, popup, { page, requests }) : leaveFrame(run, { page, requests }));
    },
    openHere: () => void leaveFrame(run, { page, requests }),
    enterCode: (typed) => {
      const own = attempt;
      if (!own || typed.trim() === "") return;
      void ask(own, typed.trim()).then(
        (answer) => answer?.state === "arrived" && show({ kind: "code", wrong: true }),
      );
    },
    adopt: (agent) => settle({ kind: "in", agent }),
    forget: (problem) => {
      if (state.kind === "in") settle({ kind: "out", problem });
    },
    stop: () => begin(undefined),
  };
}

type Run = {
  show(state: DoorState): void;
  begin(attempt: Attempt | undefined): void;
  settle(state: DoorState): void;
  ask(own: Attempt, proof?: string): Promise<FinishAnswer | undefined>;
  current(): Attempt | undefined;
  state(): DoorState;
};
type Doing = { page: DoorPage; requests: SignInRequests };

async function leaveFrame(run: Run, { page, requests }: Doing): Promise<void> {
  const own: Attempt = { ticket: "", stop: () => {} };
  run.begin(own);
  run.show({ kind: "opening" });
  const keeper = crypto.randomUUID() + crypto.randomUUID();
  try {
    const { authorizeUrl } = await requests.start({ mode: "redirect", keeper });
    if (run.current() === own) page.leave(authorizeUrl, keeper);
  } catch (error) {
    if (run.current() === own) run.settle({ kind: "out", problem: problemOf(error) });
  }
}

async function signInWindow(run: Run, popup: PopupWindow, { page, requests }: Doing): Promise<void> {
  const own: Attempt = { ticket: "", stop: () => popup.close() };
  run.begin(own);
  run.show({ kind: "opening" });
  try {
    const started = await requests.start({ mode: "popup" });
    if (run.current() !== own) return;
    own.ticket = started.ticket;
    popup.location.replace(started.authorizeUrl);
  } catch (error) {
    if (run.current() === own) run.settle({ kind: "out", problem: problemOf(error) });
    return;
  }
  run.show({ kind: "away", closed: false });
  own.stop = watchWindow({
    page,
    popup,
    onClosed: (closed) => {
      const state = run.state();
      if (state.kind === "away" && state.closed !== closed) run.show({ kind: "away", closed });
    },
    ask: ({ proof, patient }) => {
      if (run.state().kind !== "away") return;
      void run.ask(own, proof).then((answer) => {
        // The login cut its window off from ours, so that its word must be typed.
        if (answer?.state === "arrived" && patient) run.show({ kind: "code", wrong: false });
      });
    },
  });
}

async function comeBack(run: Run, { ticket, keeper }: { ticket: string; keeper: string | undefined }) {
  const own: Attempt = { ticket, stop: () => {} };
  run.begin(own);
  run.show({ kind: "opening" });
  const answer = await run.ask(own, keeper ?? "none");
  if (run.current() === own)
    run.settle({ kind: "out", problem: answer?.state === "arrived" ? ELSEWHERE : UNREACHED });
}

function problemOf(error: unknown): string {
  if (error instanceof SessionRefused) return REFUSED;
  return error instanceof TypeError ? UNREACHED : BUSY;
}
