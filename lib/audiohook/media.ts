import * as z from "zod";
import { SAMPLE_RATE } from "./duration.ts";

export type Party = "customer" | "agent";

const channelSchema = z.enum(["external", "internal"]);

/** Loose on purpose: what the client offered goes back unmodified, fields unknown to us included. */
const usableMediaSchema = z.looseObject({
  type: z.literal("audio"),
  format: z.literal("PCMU"),
  channels: z
    .array(channelSchema)
    .min(1)
    .max(2)
    .refine((channels) => new Set(channels).size === channels.length),
  rate: z.literal(SAMPLE_RATE),
});

export type Media = z.output<typeof usableMediaSchema>;

/** `external` is what the followed party says, `internal` what that party hears. */
const PARTY_OF: Record<z.output<typeof channelSchema>, Party> = { external: "customer", internal: "agent" };

/** Lower is better: both parties, then the customer alone, then the agent alone. */
function rank(media: Media): number {
  if (media.channels.length === 2) return 0;
  return media.channels[0] === "external" ? 1 : 2;
}

/**
 * The one offer to take, in its own channel order, or undefined when none can be used (the session
 * then stays up without audio). L16 is never taken: its byte order is documented nowhere.
 */
export function chooseMedia(offers: readonly unknown[]): Media | undefined {
  return offers
    .map((offer) => usableMediaSchema.safeParse(offer).data)
    .filter((media) => media !== undefined)
    .sort((a, b) => rank(a) - rank(b))[0];
}

/** Who speaks on each track of the chosen media, by name and never by place. */
export function partiesOf(media: Media): Party[] {
  return media.channels.map((channel) => PARTY_OF[channel]);
}
