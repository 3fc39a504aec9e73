import {
  type Ask,
  fromWidget,
  type PageAnswer,
  type PageMessage,
  pageMessageSchema,
  welcomeSchema,
} from "./envelope.ts";

/** What the handshake takes from the browser; a test brings its own. */
export type ChannelPage = {
  /** Hears all that is posted to this window; the answer stops it. */
  listen(hear: (event: Posted) => void): () => void;
  /** The window that frames us; undefined where none does. */
  parent: unknown;
  callOut(message: object): void;
  nonce(): string;
  repeat(run: () => void, everyMs: number): () => void;
  after(run: () => void, ms: number): () => void;
};

export type Posted = { origin: string; source: unknown; data: unknown; ports: readonly MessagePort[] };

export type PageChannel = {
  /** Resolves with the page's answer; one that does not come in time is an answer too. */
  ask(ask: Ask, withinMs: number): Promise<PageAnswer>;
  close(): void;
};

type Options = {
  page: ChannelPage;
  isAllowed(origin: string): boolean;
  onMessage(message: Exclude<PageMessage, { type: "answer" }>): void;
  /** Something of an unknown shape came over the channel. */
  onUnknown(data: unknown): void;
};

const CALL_EVERY_MS = 1_000;

type Open = { port: MessagePort; nonce: string };

/**
 * Finds the page around us and holds the channel to it. The widget may be in an opaque origin, so that the page
 * cannot name it as a target: what goes by `postMessage` is worth nothing, and the token comes by the channel.
 */
export function openPageChannel({ page, isAllowed, onMessage, onUnknown }: Options): PageChannel {
  const own = page.nonce();
  const waiting = new Map<string, (answer: PageAnswer) => void>();
  const outgoing: object[] = [];
  let open: Open | undefined;

  const say = (type: string, payload: object) => {
    if (open) open.port.postMessage(fromWidget(type, open.nonce, payload));
    else outgoing.push({ type, payload });
  };
  const hear = (data: unknown) => {
    const read = pageMessageSchema.safeParse(data);
    if (!read.success || read.data.nonce !== own) return onUnknown(data);
    const { type, payload } = read.data;
    if (type !== "answer") return onMessage(read.data);
    waiting.get(payload.id)?.(payload);
    waiting.delete(payload.id);
  };
  const welcome = (event: Posted) => {
    if (event.source !== page.parent || !isAllowed(event.origin)) return;
    const read = welcomeSchema.safeParse(event.data);
    const [port] = event.ports;
    if (!read.success || read.data.nonce !== own || !port || open) return;
    open = { port, nonce: read.data.payload.nonce };
    port.onmessage = ({ data }) => hear(data);
    stopCalling();
    say("ready", {});
    for (const { type, payload } of outgoing.splice(0) as { type: string; payload: object }[])
      say(type, payload);
  };

  const stopListening = page.listen(welcome);
  const call = () => page.callOut(fromWidget("hello", own));
  const stopCalling = page.repeat(call, CALL_EVERY_MS);
  call();

  return {
    ask: (ask, withinMs) =>
      new Promise((resolve) => {
        const id = page.nonce();
        const stop = page.after(() => {
          waiting.delete(id);
          resolve({ id, ok: false, unknown: true, retryable: true, reason: NO_ANSWER });
        }, withinMs);
        waiting.set(id, (answer) => {
          stop();
          resolve(answer);
        });
        say("ask", { id, ...ask });
      }),
    close: () => {
      stopListening();
      stopCalling();
      open?.port.close();
    },
  };
}

const NO_ANSWER = "The Salesforce page did not answer in time.";

export function browserPage(window: Window): ChannelPage {
  return {
    listen: (hear) => {
      const listen = (event: MessageEvent) => hear(event);
      window.addEventListener("message", listen);
      return () => window.removeEventListener("message", listen);
    },
    parent: window.parent === window ? undefined : window.parent,
    // Says nothing worth hiding, and who frames us is not known yet.
    callOut: (message) => window.parent !== window && window.parent.postMessage(message, "*"),
    nonce: () =>
      [...crypto.getRandomValues(new Uint8Array(16))]
        .map((byte) => byte.toString(16).padStart(2, "0"))
        .join(""),
    repeat: (run, everyMs) => {
      const timer = setInterval(run, everyMs);
      return () => clearInterval(timer);
    },
    after: (run, ms) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  };
}
