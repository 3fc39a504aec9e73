import { stepSession } from "../session.ts";
import type { SessionInput, SessionOutput } from "../session-contract.ts";
import { newSessionState } from "../session-state.ts";

export const SESSION_ID = "30b0e395-84d3-4570-ac13-9a62d8f514c0";
export const ORGANIZATION_ID = "d7934305-0972-4844-938e-9060eef73d05";
const CONVERSATION_ID = "090eaa2f-72fa-480a-83e0-8667ff89c0ec";
const PARTICIPANT_ID = "883efee8-3d6c-4537-b500-6d7ca4b92fa0";
const NIL = "00000000-0000-0000-0000-000000000000";

export type Sent = { type: string; seq: number; clientseq: number; parameters: Record<string, unknown> };

export const STEREO = { type: "audio", format: "PCMU", channels: ["external", "internal"], rate: 8000 };

export function openParameters(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    organizationId: ORGANIZATION_ID,
    conversationId: CONVERSATION_ID,
    participant: { id: PARTICIPANT_ID, ani: "+15551234", aniName: "", dnis: "+15559876" },
    media: [STEREO],
    language: "en-US",
    ...changes,
  };
}

export const PROBE = { conversationId: NIL, participant: { id: NIL, ani: "", aniName: "", dnis: "" } };

/** A session together with a well-behaved client's numbering, and a clock that stands still. */
export function drivenSession() {
  const state = newSessionState(
    { sessionId: SESSION_ID, organizationId: ORGANIZATION_ID, supportedLanguages: ["en"] },
    0,
  );
  let seq = 0;
  let nowMs = 0;
  const put = (input: SessionInput): SessionOutput[] => stepSession(state, input, nowMs);

  return {
    state,
    put,
    wait(ms: number) {
      nowMs += ms;
    },
    /** The next message in order; `envelope` breaks the order on purpose. */
    say(type: string, parameters: Record<string, unknown> = {}, envelope: Record<string, unknown> = {}) {
      seq += 1;
      const ours = { version: "2", id: SESSION_ID, type, seq, serverseq: state.serverSeq, position: "PT0S" };
      return put({ type: "text", text: JSON.stringify({ ...ours, parameters, ...envelope }) });
    },
    open(changes: Record<string, unknown> = {}, envelope: Record<string, unknown> = {}) {
      return this.say("open", openParameters(changes), envelope);
    },
    audio(bytes: number, fill = 0xff) {
      return put({ type: "audio", bytes: new Uint8Array(bytes).fill(fill) });
    },
  };
}

export function sent(outputs: SessionOutput[]): Sent[] {
  return outputs.flatMap((output) => (output.type === "send" ? [JSON.parse(output.text) as Sent] : []));
}

export function kinds(outputs: SessionOutput[]): string[] {
  return outputs.map((output) => (output.type === "send" ? output.message : `(${output.type})`));
}
