import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { WebSocket } from "ws";

export type Received = { type: string; seq: number; clientseq: number; parameters: Record<string, unknown> };

export type Identity = { organizationId: string; sessionId: string; apiKey: string; secret: Buffer };

export const MEDIA = {
  stereo: { type: "audio", format: "PCMU", channels: ["external", "internal"], rate: 8000 },
  reversed: { type: "audio", format: "PCMU", channels: ["internal", "external"], rate: 8000 },
};

/** Signs like the platform does: target without a method, host as sent, parameters as written. */
export function signedHeaders(identity: Identity, target: string, host: string): Record<string, string> {
  const headers: Record<string, string> = {
    "audiohook-organization-id": identity.organizationId,
    "audiohook-session-id": identity.sessionId,
    "audiohook-correlation-id": randomUUID(),
    "x-api-key": identity.apiKey,
  };
  const values: Record<string, string> = { "@request-target": target, "@authority": host, ...headers };
  const created = Math.floor(Date.now() / 1000);
  const nonce = randomBytes(16).toString("base64");
  const list = Object.keys(values).map((name) => `"${name}"`);
  const params = `(${list.join(" ")});keyid="${identity.apiKey}";nonce="${nonce}";alg="hmac-sha256";created=${created};expires=${created + 30}`;
  const lines = Object.entries(values).map(([name, value]) => `"${name}": ${value}`);
  const base = [...lines, `"@signature-params": ${params}`].join("\n");
  const signature = createHmac("sha256", identity.secret).update(base).digest("base64");
  return { ...headers, "signature-input": `sig=${params}`, signature: `sig=:${signature}:` };
}

/** A client for tests: it numbers its messages well unless told otherwise, and keeps all it receives. */
export class CallClient {
  readonly ws: WebSocket;
  readonly sessionId: string;
  readonly organizationId: string;
  readonly received: Received[] = [];
  readonly closed: Promise<number>;
  seq = 0;
  #waiting: (() => void)[] = [];

  constructor(url: string, identity: Identity, headers: Record<string, string>) {
    this.sessionId = identity.sessionId;
    this.organizationId = identity.organizationId;
    this.ws = new WebSocket(url, { headers, perMessageDeflate: false });
    this.ws.on("error", () => undefined);
    this.ws.on("message", (message) => {
      this.received.push(JSON.parse(String(message)) as Received);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.closed = new Promise((resolve) => this.ws.on("close", (code) => resolve(code)));
  }

  /** Resolves when upgraded; rejects with the status of a refusal. */
  connected(): Promise<this> {
    return new Promise((resolve, reject) => {
      this.ws.once("open", () => resolve(this));
      this.ws.once("unexpected-response", (_request, response) =>
        reject(new Error(String(response.statusCode))),
      );
      this.ws.once("error", reject);
    });
  }

  say(type: string, parameters: Record<string, unknown> = {}, envelope: Record<string, unknown> = {}): void {
    this.seq += 1;
    const serverseq = this.received.at(-1)?.seq ?? 0;
    const ours = { version: "2", id: this.sessionId, type, seq: this.seq, serverseq, position: "PT0S" };
    this.ws.send(JSON.stringify({ ...ours, parameters, ...envelope }));
  }

  open(changes: Record<string, unknown> = {}): void {
    this.say("open", {
      organizationId: this.organizationId,
      conversationId: randomUUID(),
      participant: { id: randomUUID(), ani: "+15551234", aniName: "Ann", dnis: "+15559876" },
      media: [MEDIA.stereo],
      language: "en-US",
      ...changes,
    });
  }

  /** One frame of `ms` milliseconds; each channel repeats its own mu-law byte. */
  audio(ms: number, channels: readonly number[] = [0xff, 0xff]): void {
    const frame = Buffer.alloc(ms * 8 * channels.length);
    for (let i = 0; i < frame.length; i++) frame[i] = channels[i % channels.length] ?? 0xff;
    this.ws.send(frame);
  }

  /** The next message of this type that no earlier call has returned. */
  async next(type: string): Promise<Received> {
    for (;;) {
      const at = this.received.findIndex((message) => message.type === type && !this.#taken.has(message));
      const message = this.received[at];
      if (message) {
        this.#taken.add(message);
        return message;
      }
      await new Promise<void>((resolve, reject) => {
        this.#waiting.push(resolve);
        this.ws.once("close", (code) => reject(new Error(`closed (${code}) while waiting for ${type}`)));
      });
    }
  }

  readonly #taken = new Set<Received>();

  async close(reason = "end"): Promise<void> {
    this.say("close", { reason });
    await this.next("closed");
    this.ws.close();
    await this.closed;
  }

  types(): string[] {
    return this.received.map(({ type }) => type);
  }
}
