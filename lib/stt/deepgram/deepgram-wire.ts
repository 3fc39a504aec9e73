import { isIP, type LookupFunction } from "node:net";
import { WebSocket } from "ws";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { PinnedAddress } from "../pinned-address.ts";
import type { Wire, WireEvents, WireProblem } from "../streaming/wire.ts";
import { readDeepgramMessage } from "./deepgram-message.ts";
import { type DeepgramWireParts, listenUrl } from "./deepgram-options.ts";

/** A service that reads this little of what we send is gone in all but name; half a minute may come in one burst. */
const MOST_UNSENT_BYTES = 1_500_000;
const LARGEST_MESSAGE_BYTES = 1_000_000;
/** Normal, and one without a code. */
const PROPER_CLOSES: readonly number[] = [1000, 1005];
/** Trying again with the same key and settings changes nothing about these. */
const FINAL_REFUSALS: Readonly<Record<number, string>> = {
  400: "The service refuses these settings: check the model and the language.",
  401: "The service refuses the API key.",
  402: "The account with the service has no credit left.",
  403: "The API key may not use this model.",
  404: "There is no such service at this address.",
};

/** One WebSocket to Deepgram's live API. */
export class DeepgramWire implements Wire {
  readonly #parts: DeepgramWireParts;
  readonly #language: string;
  readonly #events: WireEvents;
  #socket: WebSocket | undefined;
  #unsent: Int16Array[] = [];
  #finishing = false;
  #summed = false;
  #over = false;
  #problem: WireProblem | undefined;
  #connecting: NodeJS.Timeout | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #stall: NodeJS.Timeout | undefined;
  #finish: NodeJS.Timeout | undefined;

  constructor(parts: DeepgramWireParts, language: string, events: WireEvents) {
    this.#parts = parts;
    this.#language = language;
    this.#events = events;
    this.#connecting = setTimeout(
      () => this.#fail("The service did not answer in time."),
      parts.times.connectMs,
    );
    this.#connect().catch((error: unknown) => {
      this.#end({
        message: isAppError(error) ? error.message : "The service cannot be reached.",
        retryable: isAppError(error) ? error.retryable : true,
      });
    });
  }

  send(samples: Int16Array): void {
    if (this.#over || this.#finishing) return;
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      this.#unsent.push(samples);
      return;
    }
    this.#socket.send(bytesOf(samples));
    if (this.#socket.bufferedAmount > MOST_UNSENT_BYTES) {
      this.#fail("The service takes no audio.");
      return;
    }
    this.#stall ??= setTimeout(
      () => this.#fail("The service takes audio and answers nothing."),
      this.#parts.times.stallMs,
    );
    this.#quiet?.refresh();
  }

  finish(): void {
    if (this.#finishing || this.#over) return;
    this.#finishing = true;
    if (this.#socket?.readyState === WebSocket.OPEN) this.#sayGoodbye(this.#socket);
  }

  destroy(): void {
    this.#over = true;
    this.#clear();
    this.#socket?.terminate();
  }

  async #connect(): Promise<void> {
    const { options, pin } = this.#parts;
    const pinned = await pin(options.endpoint);
    if (this.#over) return;
    const socket = new WebSocket(listenUrl(pinned.url, options, this.#language), {
      headers: { authorization: `Token ${options.apiKey}` },
      lookup: lookupOf(pinned),
      followRedirects: false,
      perMessageDeflate: false,
      maxPayload: LARGEST_MESSAGE_BYTES,
    });
    this.#socket = socket;
    socket.on("open", () => this.#opened(socket));
    socket.on("message", (data: Buffer, isBinary) => {
      if (!isBinary) this.#heard(data.toString("utf8"));
    });
    socket.on("unexpected-response", (request, response) => {
      const status = response.statusCode ?? 0;
      request.destroy();
      this.#end({
        message: FINAL_REFUSALS[status] ?? `The service answers ${status}.`,
        retryable: FINAL_REFUSALS[status] === undefined,
      });
    });
    socket.on("error", () => this.#fail("The connection to the service failed."));
    socket.on("close", (code) => this.#closed(code));
  }

  #opened(socket: WebSocket): void {
    if (this.#over) return;
    clearTimeout(this.#connecting);
    this.#quiet = setInterval(() => this.#say(socket, "KeepAlive"), this.#parts.times.keepAliveMs);
    this.#events.onReady();
    for (const samples of this.#unsent.splice(0)) socket.send(bytesOf(samples));
    if (this.#finishing) this.#sayGoodbye(socket);
  }

  /** `Finalize` makes guesses final, `CloseStream` has the rest answered and the socket closed from there. */
  #sayGoodbye(socket: WebSocket): void {
    clearInterval(this.#quiet);
    this.#say(socket, "Finalize");
    this.#say(socket, "CloseStream");
    this.#finish = setTimeout(
      () => this.#fail("The service did not finish in time."),
      this.#parts.times.finishMs,
    );
  }

  #say(socket: WebSocket, type: "KeepAlive" | "Finalize" | "CloseStream"): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type }));
  }

  #heard(text: string): void {
    if (this.#over) return;
    clearTimeout(this.#stall);
    this.#stall = undefined;
    const message = readDeepgramMessage(text);
    if (message?.kind === "result") this.#events.onResult(message.result);
    if (message?.kind === "utterance-end") this.#events.onUtteranceEnd();
    if (message?.kind === "summary") this.#summed = this.#finishing;
    // Its closing follows and is then no ordinary one.
    if (message?.kind === "error") this.#problem = { message: message.reason, retryable: true };
  }

  #closed(code: number): void {
    const proper = this.#finishing && (this.#summed || PROPER_CLOSES.includes(code));
    if (proper && !this.#problem) this.#end();
    else
      this.#end(
        this.#problem ?? { message: `The service closed the connection (${code}).`, retryable: true },
      );
  }

  #fail(message: string): void {
    this.#end({ message, retryable: true });
  }

  #end(problem?: WireProblem): void {
    if (this.#over) return;
    this.destroy();
    this.#events.onEnd(problem);
  }

  #clear(): void {
    clearTimeout(this.#connecting);
    clearInterval(this.#quiet);
    clearTimeout(this.#stall);
    clearTimeout(this.#finish);
    this.#unsent = [];
  }
}

/** Little-endian, as the service wants it and every machine that this runs on has it. */
function bytesOf(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** Answers with what was looked at before, whatever the name resolves to by now. */
function lookupOf({ addresses }: PinnedAddress): LookupFunction {
  const [first] = addresses;
  return (_host, options, done) => {
    if (options.all) done(null, [...addresses]);
    else done(null, first?.address ?? "", first?.family ?? isIP(first?.address ?? ""));
  };
}
