import { createChannels } from "./channels.ts";
import type { Clock } from "./clock.ts";
import { createDirectory } from "./directory.ts";
import { createFaults } from "./faults.ts";
import { createInteractions } from "./interactions.ts";
import { createMessaging } from "./messaging.ts";
import { createPublisher } from "./publish.ts";
import { type Random, seededRandom } from "./random.ts";
import { createRateLimit } from "./rate-limit.ts";
import { type Settings, settingsSchema } from "./settings.ts";
import { createTokens } from "./tokens.ts";
import { createVoice } from "./voice.ts";
import { createWrapUps } from "./wrap-up.ts";

export type WorldOptions = {
  clock: Clock;
  seed?: number;
  settings?: Partial<Settings>;
  redirectUris: readonly string[];
  /** The origin under which the organization is reached, known when it listens. */
  url: () => string;
};

export type World = ReturnType<typeof createWorld>;

/** Everything that the organization is, apart from its doors. */
export function createWorld({ clock, seed, settings: given, redirectUris, url }: WorldOptions) {
  const random: Random = seededRandom(seed);
  const settings: Settings = settingsSchema.parse(given ?? {});
  const base = { clock, random, settings };
  const directory = createDirectory(redirectUris);
  const tokens = createTokens(base);
  const channels = createChannels({ ...base, tokens });
  const faults = createFaults(random);
  const rateLimit = createRateLimit(base);
  const publish = createPublisher({ channels, directory, faults, random });
  const interactions = createInteractions({ ...base, directory, publish });
  const messaging = createMessaging({ clock, random, interactions, publish });
  const wrapUps = createWrapUps({ clock, directory, interactions, publish });
  const voice = createVoice(interactions);
  return {
    ...base,
    url,
    directory,
    tokens,
    channels,
    faults,
    rateLimit,
    interactions,
    messaging,
    wrapUps,
    voice,
    /** Forgets whatever happened; who and what exists stays. */
    reset(): void {
      faults.clear();
      rateLimit.clear();
      channels.clear();
      tokens.clear();
      interactions.clear();
      messaging.clear();
      wrapUps.clear();
      Object.assign(settings, settingsSchema.parse(given ?? {}));
    },
  };
}
