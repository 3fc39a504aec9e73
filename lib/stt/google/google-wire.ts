import {
  type ChannelOptions,
  Client,
  type ClientDuplexStream,
  credentials,
  Metadata,
  type StatusObject,
  status,
} from "@grpc/grpc-js";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { PinnedAddress } from "../pinned-address.ts";
import type { Wire, WireEvents, WireProblem } from "../streaming/wire.ts";
import { endpointOf, type GoogleWireParts, recognizerOf } from "./google-options.ts";
import { encodeRequest, type RecognizeRequest, readResponse, STREAMING_RECOGNIZE } from "./speech-v2.ts";

type Call = ClientDuplexStream<RecognizeRequest, Uint8Array>;

/** The service takes 15 KB of audio a request; this is 400 ms. */
const MOST_SAMPLES = 3200;

const SILENT = "The service has begun to answer and says nothing more.";

const CHANNEL: ChannelOptions = {
  // Each stream on a connection of its own: a shared one would queue them up once it is full.
  "grpc.use_local_subchannel_pool": 1,
  "grpc.enable_retries": 0,
  // The addresses have been looked at; a proxy would look for itself.
  "grpc.enable_http_proxy": 0,
  "grpc.keepalive_time_ms": 20_000,
  "grpc.keepalive_timeout_ms": 5000,
};

/** Trying again with the same key and settings changes nothing about these. */
const FINAL_REFUSALS: ReadonlyMap<number, string> = new Map([
  [
    status.INVALID_ARGUMENT,
    "The service refuses these settings: check the model, the language and the region.",
  ],
  [status.UNAUTHENTICATED, "The service refuses the key."],
  [status.PERMISSION_DENIED, "The service account may not use Speech-to-Text in this project."],
  [status.NOT_FOUND, "The project or the region does not exist there."],
  [status.FAILED_PRECONDITION, "The service refuses the project: check its billing and that the API is on."],
  [status.UNIMPLEMENTED, "There is no Speech-to-Text v2 at this address."],
]);

/** One `StreamingRecognize` call. */
export class GoogleWire implements Wire {
  readonly #parts: GoogleWireParts;
  readonly #events: WireEvents;
  #client: Client | undefined;
  #call: Call | undefined;
  #unsent: Int16Array[] = [];
  /** Requests that the connection has not taken. */
  #untaken = 0;
  #ready = false;
  #finishing = false;
  #over = false;
  #connecting: NodeJS.Timeout | undefined;
  #settling: NodeJS.Timeout | undefined;
  #stall: NodeJS.Timeout | undefined;
  #finish: NodeJS.Timeout | undefined;
  #owed: NodeJS.Timeout | undefined;

  constructor(parts: GoogleWireParts, language: string, events: WireEvents) {
    this.#parts = parts;
    this.#events = events;
    const { connectMs } = parts.times;
    this.#connecting = setTimeout(() => this.#fail("The service did not answer in time."), connectMs);
    this.#connect(language).catch((error: unknown) => {
      this.#end({
        message: isAppError(error) ? error.message : "The service cannot be reached.",
        retryable: isAppError(error) ? error.retryable : true,
      });
    });
  }

  send(samples: Int16Array): void {
    if (this.#over || this.#finishing) return;
    if (this.#call) this.#sendAudio(this.#call, samples);
    else this.#unsent.push(samples);
  }

  finish(): void {
    if (this.#finishing || this.#over) return;
    this.#finishing = true;
    if (this.#call) this.#endCall(this.#call);
  }

  destroy(): void {
    this.#over = true;
    for (const timer of [this.#connecting, this.#settling, this.#stall, this.#owed, this.#finish])
      clearTimeout(timer);
    this.#unsent = [];
    this.#call?.cancel();
    this.#client?.close();
  }

  async #connect(language: string): Promise<void> {
    const { options, pin, token } = this.#parts;
    const [pinned, bearer] = await Promise.all([pin(endpointOf(options)), token?.()]);
    if (this.#over) return;
    const client = clientOf(pinned);
    this.#client = client;
    const recognizer = recognizerOf(options);
    const metadata = new Metadata();
    if (bearer !== undefined) metadata.set("authorization", `Bearer ${bearer}`);
    metadata.set("x-goog-request-params", `recognizer=${encodeURIComponent(recognizer)}`);
    const call: Call = client.makeBidiStreamRequest(
      STREAMING_RECOGNIZE,
      encodeRequest,
      (bytes) => bytes,
      metadata,
    );
    this.#call = call;
    call.on("metadata", () => this.#taken());
    call.on("data", (bytes: Uint8Array) => this.#heard(bytes));
    call.on("status", (result: StatusObject) => this.#ended(result));
    // Every failure is a status too, but an error that nobody hears would end the process.
    call.on("error", () => undefined);
    client.waitForReady(Date.now() + this.#parts.times.connectMs, (error) => {
      if (!error && !this.#over) this.#settling = setTimeout(() => this.#taken(), this.#parts.times.settleMs);
    });
    this.#write(call, { recognizer, model: options.model, language });
    for (const samples of this.#unsent.splice(0)) this.#sendAudio(call, samples);
    if (this.#finishing) this.#endCall(call);
  }

  #taken(): void {
    if (this.#ready || this.#over) return;
    this.#ready = true;
    clearTimeout(this.#connecting);
    clearTimeout(this.#settling);
    this.#events.onReady();
  }

  #sendAudio(call: Call, samples: Int16Array): void {
    for (let at = 0; at < samples.length; at += MOST_SAMPLES) {
      const part = samples.subarray(at, at + MOST_SAMPLES);
      this.#write(call, { audio: new Uint8Array(part.buffer, part.byteOffset, part.byteLength) });
    }
  }

  /** A healthy connection takes each request at once; one that stands still is found out by the first that waits. */
  #write(call: Call, request: RecognizeRequest): void {
    this.#untaken += 1;
    this.#stall ??= this.#watch();
    call.write(request, () => {
      this.#untaken -= 1;
      clearTimeout(this.#stall);
      this.#stall = this.#untaken > 0 && !this.#over ? this.#watch() : undefined;
    });
  }

  #watch(): NodeJS.Timeout {
    return setTimeout(() => this.#fail("The service takes no audio."), this.#parts.times.stallMs);
  }

  #endCall(call: Call): void {
    call.end();
    const { finishMs } = this.#parts.times;
    this.#finish = setTimeout(() => this.#fail("The service did not finish in time."), finishMs);
  }

  #heard(bytes: Uint8Array): void {
    if (this.#over) return;
    this.#taken();
    const results = readResponse(bytes);
    clearTimeout(this.#owed);
    if (results.some(({ final }) => !final))
      this.#owed = setTimeout(() => this.#fail(SILENT), this.#parts.times.answerMs);
    for (const result of results) this.#events.onResult(result);
  }

  #ended({ code }: StatusObject): void {
    if (code === status.OK && this.#finishing) {
      this.#end();
      return;
    }
    const refusal = FINAL_REFUSALS.get(code);
    this.#end({
      message: refusal ?? `The service ended the stream (${status[code] ?? code}).`,
      retryable: refusal === undefined,
    });
  }

  #fail(message: string): void {
    this.#end({ message, retryable: true });
  }

  #end(problem?: WireProblem): void {
    if (this.#over) return;
    this.destroy();
    this.#events.onEnd(problem);
  }
}

/** To the very addresses that were looked at; the certificate is still that of the name. */
function clientOf({ url, addresses }: PinnedAddress): Client {
  const secure = url.protocol === "https:";
  const port = url.port || (secure ? "443" : "80");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const [first] = addresses;
  const family = first?.family === 6 ? 6 : 4;
  const places = addresses
    .filter((found) => found.family === family)
    .map(({ address }) => (family === 6 ? `[${address}]:${port}` : `${address}:${port}`));
  return new Client(
    `ipv${family}:${places.join(",")}`,
    secure ? credentials.createSsl() : credentials.createInsecure(),
    {
      ...CHANNEL,
      "grpc.default_authority": url.port ? `${url.hostname}:${port}` : url.hostname,
      ...(secure && { "grpc.ssl_target_name_override": host }),
    },
  );
}
