import protobuf from "protobufjs";
import type { ServerCode } from "./status-code.ts";

/** `five9.voicestream`: field names and numbers (contract section 3). */
const MESSAGES = {
  Timestamp: { fields: { seconds: { type: "int64", id: 1 }, nanos: { type: "int32", id: 2 } } },
  VoiceConfig: {
    fields: { encoding: { type: "int32", id: 1 }, sampleRateHertz: { type: "int32", id: 2 } },
  },
  StreamingConfig: {
    fields: {
      voiceConfig: { type: "VoiceConfig", id: 1 },
      vccCallId: { type: "string", id: 2 },
      domainId: { type: "string", id: 3 },
      campaignId: { type: "string", id: 4 },
      agentId: { type: "string", id: 5 },
      callLeg: { type: "int32", id: 6 },
      trustToken: { type: "string", id: 7 },
      subscriptionId: { type: "string", id: 8 },
      skillId: { type: "string", id: 9 },
    },
  },
  StreamingStatus: { fields: { code: { type: "int32", id: 1 }, message: { type: "string", id: 2 } } },
  StreamingVoiceRequest: {
    oneofs: { streamingRequest: { oneof: ["streamingConfig", "audioContent", "streamingStatus"] } },
    fields: {
      streamingConfig: { type: "StreamingConfig", id: 1 },
      audioContent: { type: "bytes", id: 2 },
      streamingStatus: { type: "StreamingStatus", id: 3 },
      sendTime: { type: "Timestamp", id: 4 },
    },
  },
  StreamingVoiceResponse: { fields: { status: { type: "StreamingStatus", id: 1 } } },
};

const root = protobuf.Root.fromJSON({ nested: MESSAGES });
const requestType = root.lookupType("StreamingVoiceRequest");
const responseType = root.lookupType("StreamingVoiceResponse");

export const STREAMING_VOICE = "/five9.voicestream.Voice/StreamingVoice";

export type LegName = "agent" | "customer" | "supervisor";
const LEGS: readonly (LegName | undefined)[] = ["agent", "customer", "supervisor"];

/** What a leg says of itself, once and before all else. Ids are as long as the platform makes them. */
export type StreamingConfig = {
  /** 1 is LINEAR16, the only one that the platform sends today. */
  encoding: number;
  sampleRate: number;
  callId: string;
  domainId: string;
  campaignId: string;
  agentId: string;
  /** Undefined where a later version of the protocol has a party that this one does not know. */
  leg: LegName | undefined;
  trustToken: string;
  subscriptionId: string;
  skillId: string;
};

export type LegRequest =
  | { kind: "config"; config: StreamingConfig }
  | { kind: "audio"; bytes: Uint8Array; sentAtMs: number | undefined }
  | { kind: "status"; code: number }
  /** A field that this version does not know. */
  | { kind: "unknown" };

type Decoded = {
  streamingConfig?: {
    voiceConfig?: { encoding?: number; sampleRateHertz?: number };
    vccCallId?: string;
    domainId?: string;
    campaignId?: string;
    agentId?: string;
    callLeg?: number;
    trustToken?: string;
    subscriptionId?: string;
    skillId?: string;
  };
  audioContent?: Uint8Array;
  streamingStatus?: { code?: number };
  sendTime?: { seconds?: number; nanos?: number };
};

/** Throws where the bytes are no message at all. */
export function readRequest(bytes: Uint8Array): LegRequest {
  const message = requestType.toObject(requestType.decode(bytes), { longs: Number }) as Decoded;
  const { streamingConfig, audioContent, streamingStatus, sendTime } = message;
  if (streamingConfig) return { kind: "config", config: configOf(streamingConfig) };
  if (audioContent) return { kind: "audio", bytes: audioContent, sentAtMs: momentOf(sendTime) };
  if (streamingStatus) return { kind: "status", code: streamingStatus.code ?? 0 };
  return { kind: "unknown" };
}

function configOf(config: NonNullable<Decoded["streamingConfig"]>): StreamingConfig {
  // What proto3 does not send is its zero: encoding unspecified, the agent's leg, empty ids.
  const { voiceConfig, vccCallId = "", domainId = "", campaignId = "", agentId = "", callLeg = 0 } = config;
  const { trustToken = "", subscriptionId = "", skillId = "" } = config;
  return {
    encoding: voiceConfig?.encoding ?? 0,
    sampleRate: voiceConfig?.sampleRateHertz ?? 0,
    callId: vccCallId,
    domainId,
    campaignId,
    agentId,
    leg: LEGS[callLeg],
    trustToken,
    subscriptionId,
    skillId,
  };
}

function momentOf(time: Decoded["sendTime"]): number | undefined {
  return time && (time.seconds ?? 0) * 1000 + (time.nanos ?? 0) / 1_000_000;
}

export function encodeStatus({ code, message }: { code: ServerCode; message: string }): Buffer {
  return Buffer.from(responseType.encode(responseType.create({ status: { code, message } })).finish());
}
