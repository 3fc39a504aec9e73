import protobuf from "protobufjs";

/** The platform's own description of its stream (contract section 3). */
const PROTO = `
  syntax = "proto3";
  package five9.voicestream;
  message Timestamp { int64 seconds = 1; int32 nanos = 2; }
  enum Encoding { ENCODING_UNSPECIFIED = 0; LINEAR16 = 1; MULAW = 2; AMR = 3; AMR_WB = 4; }
  enum CallLeg { AGENT = 0; CUSTOMER = 1; SUPERVISOR = 2; }
  message VoiceConfig { Encoding encoding = 1; int32 sample_rate_hertz = 2; }
  message StreamingConfig {
    VoiceConfig voice_config = 1;
    string vcc_call_id = 2;
    string domain_id = 3;
    string campaign_id = 4;
    string agent_id = 5;
    CallLeg call_leg = 6;
    string trust_token = 7;
    string subscription_id = 8;
    string skill_id = 9;
  }
  message StreamingStatus { int32 code = 1; string message = 2; }
  message StreamingVoiceRequest {
    oneof streaming_request {
      StreamingConfig streaming_config = 1;
      bytes audio_content = 2;
      StreamingStatus streaming_status = 3;
    }
    Timestamp send_time = 4;
  }
  message Feedback { VoiceConfig voice_config = 1; }
  message StreamingVoiceResponse { StreamingStatus status = 1; Feedback feedback = 2; }
`;

const { root } = protobuf.parse(PROTO);
const requestType = root.lookupType("five9.voicestream.StreamingVoiceRequest");
const responseType = root.lookupType("five9.voicestream.StreamingVoiceResponse");

export const STREAMING_VOICE = "/five9.voicestream.Voice/StreamingVoice";

export type Leg = "AGENT" | "CUSTOMER" | "SUPERVISOR";

export type VoiceRequest = {
  streamingConfig?: {
    voiceConfig: { encoding: string; sampleRateHertz: number };
    vccCallId: string;
    domainId: string;
    campaignId: string;
    agentId: string;
    callLeg: Leg;
    trustToken: string;
    subscriptionId: string;
    skillId: string;
  };
  audioContent?: Uint8Array;
  streamingStatus?: { code: number; message: string };
  sendTime?: { seconds: number; nanos: number };
};
export type VoiceResponse = { status?: { code?: number; message?: string } };

export const encodeRequest = (request: VoiceRequest): Buffer =>
  Buffer.from(requestType.encode(requestType.fromObject(request)).finish());

export const decodeResponse = (bytes: Buffer): VoiceResponse =>
  responseType.toObject(responseType.decode(bytes)) as VoiceResponse;
