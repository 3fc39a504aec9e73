import { randomUUID } from "node:crypto";
import { Client, credentials } from "@grpc/grpc-js";
import { createLog } from "#/lib/kernel/log.ts";
import { type LegIdentity, openLeg } from "#/sandbox/five9/voice/leg.ts";
import { startVoiceCall } from "#/sandbox/five9/voice/voice-call.ts";
import type { Leg } from "#/sandbox/five9/voice/voice-proto.ts";
import type { VoiceConnection, VoiceTimings } from "../voicestream-ports.ts";
import { createVoiceStreamServer, type VoiceStreamOptions } from "../voicestream-server.ts";
import { MemoryEngine } from "./memory-engine.ts";
import { MemorySink } from "./memory-sink.ts";

export const TRUST_TOKEN = "a-trust-token-of-thirty-two-letters";

const SHORT: Partial<VoiceTimings> = {
  refusalMs: 20,
  configMs: 400,
  graceMs: 150,
  otherHalfMs: 60,
  flushMs: 300,
  drainMs: 60,
  deliveryMs: 200,
  retryMs: 5,
};

type Options = Partial<VoiceStreamOptions> & { connection?: Partial<VoiceConnection> };

/** The voice stream's door on a free port with everything in memory, and the platform's side that dials it. */
export async function runningVoiceDoor({ connection: changes = {}, ...options }: Options = {}) {
  const engine = new MemoryEngine();
  const sink = new MemorySink();
  const alone: string[] = [];
  const elsewhere = new Set<string>();
  const connection: VoiceConnection = {
    tenantId: randomUUID(),
    connectionId: randomUUID(),
    trustTokens: [TRUST_TOKEN],
    domainId: undefined,
    subscriptionId: undefined,
    language: undefined,
    skills: new Map<string, string>(),
    ...changes,
  };
  const server = createVoiceStreamServer({
    findConnection: async (token) => (token === TRUST_TOKEN ? connection : undefined),
    engineFor: async () => engine,
    sink,
    halves: {
      arrived: async () => undefined,
      has: async (call, speaker) => elsewhere.has(`${call.conversationId} ${speaker}`),
    },
    tellAlone: async (call, speaker) => void alone.push(`${call.conversationId} ${speaker}`),
    log: createLog("test", "silent"),
    mostLegs: 100,
    ...options,
    timings: { ...SHORT, ...options.timings },
  });
  const port = await server.listen(0);
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());

  const identity = (call: Partial<LegIdentity> = {}): LegIdentity => ({
    callId: "300000001",
    domainId: "131000",
    campaignId: "",
    agentId: "77",
    skillId: "5",
    subscriptionId: "sub-1",
    trustToken: TRUST_TOKEN,
    ...call,
  });
  const leg = (name: Leg, call: Partial<LegIdentity> = {}) => openLeg(client, name, identity(call));
  const both = async (call: Partial<LegIdentity> = {}) => {
    const customer = leg("CUSTOMER", call);
    await customer.started;
    const agent = leg("AGENT", call);
    await agent.started;
    return { customer, agent };
  };
  const target = { address: `127.0.0.1:${port}`, trustToken: TRUST_TOKEN, subscriptionId: "sub-1" };
  const call = (silentMs: number) => startVoiceCall({ target, call: identity(), silentMs });
  const close = async () => {
    client.close();
    await server.drain();
  };
  return { server, engine, sink, alone, elsewhere, connection, client, leg, both, call, close };
}
