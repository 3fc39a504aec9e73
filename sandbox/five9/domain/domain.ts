import { EventEmitter } from "node:events";
import type { Recording } from "../../audio/wav.ts";
import { SandboxError } from "../../sandbox-error.ts";
import { startVoiceCall, type VoiceCall } from "../voice/voice-call.ts";
import type { Leg } from "../voice/voice-proto.ts";
import { type Changes, createDesk } from "./desk.ts";
import { AGENTS, CAMPAIGN, DOMAIN } from "./directory.ts";
import { postEvent } from "./events.ts";
import { createFaults } from "./faults.ts";
import { createInteractions, type Interaction } from "./interactions.ts";
import { createRestSessions } from "./rest-sessions.ts";
import { createSubscriptions } from "./subscriptions.ts";

export type CallOptions = {
  skillId?: string;
  agentId?: string;
  recording?: Recording;
  silentMs?: number;
  legs?: readonly Leg[];
  /** The key of the subscription; the last one that was made without it. */
  subscription?: string;
  /** Without a voice stream only the desktop knows of the call. */
  stream?: boolean;
};

export type Five9Domain = ReturnType<typeof createDomain>;

/** One Five9 domain: calls, chats, who works, and what it tells the product. */
export function createDomain() {
  const interactions = createInteractions();
  const { of, begin } = interactions;
  const voices = new Map<string, VoiceCall>();
  const changes: Changes = new EventEmitter();
  const faults = createFaults();
  const subscriptions = createSubscriptions();

  const change = (interaction: Interaction, name: string) => {
    changes.emit("change", interaction, name);
    const events = subscriptions.of(interaction.subscription)?.events;
    if (interaction.kind === "call" && events) void postEvent(events, eventBody(interaction, name), faults);
  };
  const stream = (interaction: Interaction, { recording, silentMs, legs }: CallOptions) => {
    const subscription = subscriptions.of(interaction.subscription);
    if (!subscription) throw new SandboxError("No subscription is made: there is nowhere to stream to.", 409);
    const { voiceAddress: address, tls, trustToken, id: subscriptionId } = subscription;
    const { id: callId, agentId, skillId } = interaction;
    const voice = startVoiceCall({
      target: { address, tls, trustToken, subscriptionId },
      call: { callId, agentId, skillId, domainId: DOMAIN.id, campaignId: CAMPAIGN.id },
      recording,
      silentMs,
      legs,
      onEnd: () => end(interaction.id),
    });
    voice.started.catch(() => undefined);
    voices.set(callId, voice);
    interaction.streamed = true;
  };
  const end = (id: string) => {
    const interaction = of(id);
    if (interaction.state === "ended" || interaction.state === "finished") return;
    interaction.state = "ended";
    voices.get(id)?.hangUp();
    change(interaction, "call_ended");
  };

  return {
    faults,
    changes,
    sessions: createRestSessions(),
    all: interactions.all,
    of,
    voice: (id: string) => voices.get(id),
    subscribe: subscriptions.make,
    subscriptionOf: subscriptions.of,
    call(options: CallOptions = {}): Interaction {
      const interaction = begin("call", options.skillId, options.agentId);
      interaction.subscription = options.subscription;
      if (options.stream !== false) stream(interaction, options);
      interaction.state = "talking";
      change(interaction, "call_accepted");
      return interaction;
    },
    hold(id: string) {
      of(id).state = "held";
      voices.get(id)?.hold();
      change(of(id), "call_held");
    },
    resume(id: string) {
      of(id).state = "talking";
      voices.get(id)?.resume();
      change(of(id), "call_resumed");
    },
    end,
    ...createDesk({ interactions, subscriptions, changes, faults }),
    close() {
      for (const voice of voices.values()) voice.hangUp();
      changes.removeAllListeners();
    },
  };
}

function eventBody({ id, sessionId, skillId, skillName, agentId }: Interaction, event: string) {
  const agent = AGENTS.find((each) => each.id === agentId);
  return {
    event,
    timestamp: new Date().toISOString(),
    payload: {
      attached_variables: {
        "Call.call_id": id,
        "Call.session_id": sessionId,
        "Call.skill_id": skillId,
        "Call.skill_name": skillName,
        "Call.campaign_name": CAMPAIGN.name,
        "Agent.id": agentId,
        "Agent.full_name": agent?.name ?? "",
      },
    },
  };
}
