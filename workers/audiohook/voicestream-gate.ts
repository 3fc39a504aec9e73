import type { Speaker } from "#/lib/events/conversation-event.ts";
import type { Log } from "#/lib/kernel/log.ts";
import type { StreamingConfig } from "#/lib/voicestream/wire.ts";
import type { EngineFor } from "./ports.ts";
import type { VoiceCalls } from "./voicestream-calls.ts";
import type { Admission, LegSession } from "./voicestream-leg.ts";
import type { FindByTrustToken, VoiceConnection } from "./voicestream-ports.ts";

export type GateOptions = {
  findConnection: FindByTrustToken;
  engineFor: EngineFor;
  /** Legs that one process hears at once; one more is told that there is no room. */
  mostLegs: number;
  log: Log;
};

/** Who may be heard: the connection's own calls, both parties of them, while there is room. */
export class VoiceGate {
  readonly heard = new Set<LegSession>();
  refused = 0;
  withoutRoom = 0;
  closed = false;
  readonly #options: GateOptions;
  readonly #calls: VoiceCalls;

  constructor(options: GateOptions, calls: VoiceCalls) {
    this.#options = options;
    this.#calls = calls;
  }

  async admit(config: StreamingConfig, session: LegSession): Promise<Admission> {
    const connection = await this.#identify(config);
    if (!connection) return { admitted: false, why: "stranger" };
    const speaker = speakerOf(config);
    if (!speaker) return { admitted: false, why: "not-wanted" };
    const engine = await this.#options.engineFor(connection.tenantId);
    // Counted and taken in one turn, so that a burst does not slip through.
    if (this.closed || this.heard.size >= this.#options.mostLegs) {
      this.withoutRoom += 1;
      this.#options.log.warn({ connectionId: connection.connectionId }, "no room for a leg");
      return { admitted: false, why: "no-resource" };
    }
    this.heard.add(session);
    void session.over.finally(() => this.heard.delete(session));
    const carrier = { supersede: () => session.put({ type: "supersede" }) };
    return { admitted: true, leg: this.#calls.join({ connection, config, engine, speaker, carrier }) };
  }

  async #identify(config: StreamingConfig): Promise<VoiceConnection | undefined> {
    const connection = await this.#options.findConnection(config.trustToken);
    const reason = connection ? mismatch(connection, config) : "unknown trust token";
    if (reason === undefined) return connection;
    this.refused += 1;
    const { domainId, subscriptionId } = config;
    this.#options.log.warn({ reason, domainId, subscriptionId }, "voice stream refused");
    return undefined;
  }
}

function mismatch(own: VoiceConnection, said: StreamingConfig): string | undefined {
  if (own.domainId !== undefined && own.domainId !== said.domainId) return "another domain";
  if (own.subscriptionId !== undefined && own.subscriptionId !== said.subscriptionId)
    return "another subscription";
  return undefined;
}

/** A supervisor who listens in is no party of the conversation. */
function speakerOf({ leg }: StreamingConfig): Speaker | undefined {
  return leg === "supervisor" ? undefined : leg;
}
