import { liveSource, recordingSource } from "../../audio/audio-source.ts";
import type { Recording } from "../../audio/wav.ts";
import type { Call } from "../call-options.ts";
import { startCall } from "../start-call.ts";
import { badRequest } from "./api-error.ts";
import type { Interactions } from "./interactions.ts";

/** Where an integration's audio goes, as an administrator of the platform would have entered it. */
export type AudioHookTarget = {
  url: string;
  apiKey: string;
  clientSecret?: string;
  organizationId?: string;
};

export type VoiceRequest = {
  queueId: string;
  /** The agent who answers; without one the call waits on the queue. */
  userId?: string;
  audiohook?: AudioHookTarget;
  /** Without a recording the line stays silent until it is hung up. */
  recording?: Recording;
  language?: string;
  speed?: number;
  customConfig?: Record<string, unknown>;
};

export type PlacedCall = { conversationId: string; agentParticipantId?: string; call?: Call };
export type Voice = ReturnType<typeof createVoice>;

/** Calls: the queue and the agent by conversation API and events, the audio by AudioHook under the same id. */
export function createVoice(interactions: Interactions) {
  const running = new Map<string, Call>();

  const dial = (conversationId: string, organizationId: string, request: VoiceRequest): Call | undefined => {
    const { audiohook, recording, language = "en-US", speed, customConfig } = request;
    if (!audiohook) return undefined;
    const line = recording ? undefined : liveSource();
    const call = startCall({
      ...audiohook,
      organizationId: audiohook.organizationId ?? organizationId,
      conversationId,
      language,
      speed,
      customConfig,
      source: line ?? recordingSource(recording ?? { rate: 8000, channels: [] }),
    });
    running.set(conversationId, call);
    void call.done.then(() => {
      running.delete(conversationId);
      const conversation = interactions.all().find(({ id }) => id === conversationId);
      if (conversation?.participants.some(({ state }) => state !== "disconnected")) {
        interactions.customerLeaves(conversationId);
      }
    });
    return call;
  };

  return {
    place(request: VoiceRequest): PlacedCall {
      const conversation = interactions.start({ media: "call", queueId: request.queueId });
      const agent = request.userId && interactions.answer(conversation.id, request.userId);
      const call = dial(conversation.id, conversation.organizationId, request);
      return {
        conversationId: conversation.id,
        ...(agent && { agentParticipantId: agent.id }),
        ...(call && { call }),
      };
    },
    /** Ends the audio; the conversation follows. A call without audio ends at once. */
    hangUp(conversationId: string): void {
      const call = running.get(conversationId);
      if (call) call.hangUp();
      else if (interactions.find(conversationId).media === "call") interactions.agentEnds(conversationId);
      else throw badRequest("This conversation is no call.");
    },
    async drain(): Promise<void> {
      const calls = [...running.values()];
      for (const call of calls) call.hangUp();
      await Promise.all(calls.map(({ done }) => done));
    },
  };
}
