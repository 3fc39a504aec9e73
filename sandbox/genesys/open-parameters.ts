import type { CallOptions } from "./call-options.ts";
import { type MediaOffer, NIL_UUID, offerOf, type Participant, STEREO_OFFERS } from "./messages.ts";

const NOBODY: Participant = { id: NIL_UUID, ani: "", aniName: "", dnis: "" };
const DEMO_PARTICIPANT: Participant = {
  id: "b1d3f1c4-6c6e-4a0e-9a39-6d0d7c6b2f10",
  ani: "+15550100",
  aniName: "Demo caller",
  dnis: "+15550199",
};

export type OpenParameters = {
  organizationId: string;
  conversationId: string;
  participant: Participant;
  media: MediaOffer[];
} & Pick<CallOptions, "language" | "supportedLanguages" | "customConfig" | "continuedSessions">;

/** What `open` says. A caller with one voice offers that voice alone: silence in the second would cost twice. */
export function openParameters(options: CallOptions, conversationId: string): OpenParameters {
  const { source, language, supportedLanguages, customConfig, continuedSessions } = options;
  const both = options.probe || source.channels.includes("internal");
  return {
    organizationId: options.organizationId,
    conversationId,
    participant: options.probe ? NOBODY : { ...DEMO_PARTICIPANT, ...options.participant },
    media: [...(options.offers ?? (both ? STEREO_OFFERS : [offerOf("external")]))],
    ...(language && { language }),
    ...(supportedLanguages && { supportedLanguages }),
    ...(customConfig && { customConfig }),
    ...(continuedSessions && { continuedSessions }),
  };
}
