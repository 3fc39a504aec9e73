import { isAppError } from "#/lib/kernel/app-error.ts";
import type { ProviderState } from "../../widget-provider.ts";
import { backoffMs } from "./backoff.ts";
import { type Channel, createChannel, statusOf, subscribe } from "./channel-api.ts";
import type { ChannelOptions } from "./channel-options.ts";
import { followChannel } from "./follow-channel.ts";

export type NotificationChannel = {
  close(): void;
  /** The token is another one: a channel dies with the token that made it, so a new one is made. */
  renew(): void;
  figures(): { channels: number; sockets: number };
};

/** The platform gives 24 h. Half of it leaves as much again for a bad day of the platform. */
const LONGEST_LIFE_MS = 12 * 3_600_000;
const SHORTEST_LIFE_MS = 5_000;
/** Old and new one side by side; whoever listens drops what comes twice. */
const OVERLAP_MS = 30_000;
/** A channel that goes sooner was taken away by another of the same user. */
const SOON_MS = 120_000;
const TOO_MANY =
  "Genesys Cloud takes this user's notification channels away: more than 20 are open. Close other tabs and apps.";

type ChannelFate = "planned" | "lost" | "lost soon" | "not made";

/**
 * Keeps one notification channel alive for as long as it is not closed: makes it, subscribes, follows its sockets,
 * replaces it before its end with an overlap, and begins anew with growing pauses when it is lost.
 */
export function openNotificationChannel(options: ChannelOptions): NotificationChannel {
  const { access } = options;
  const closing = new AbortController();
  const figures = { channels: 0, sockets: 0 };
  let renewal = Promise.withResolvers<"renew">();
  let retire = () => {};

  /** Follows a fresh channel until it must be replaced. */
  const live = async (channel: Channel, note: string | undefined): Promise<ChannelFate> => {
    figures.channels += 1;
    const life = new AbortController();
    const signal = AbortSignal.any([closing.signal, life.signal]);
    const former = retire;
    retire = () => life.abort();
    const startedAt = access.now();
    const retireFormer = onlyOnce(() => void access.wait(OVERLAP_MS, closing.signal).then(former, () => {}));
    const onConnected = () => {
      figures.sockets += 1;
      retireFormer();
      options.onState(note ? { state: "ready", detail: note } : { state: "ready" });
      options.onConnected();
    };
    const due = access.wait(lifeMs(channel, startedAt), signal).then(
      () => "due" as const,
      () => "aborted" as const,
    );
    const followed = followChannel({ ...options, channel, signal, onConnected });
    const drop = () => {
      former();
      life.abort();
    };
    const end = await Promise.race([followed, due, renewal.promise]).catch((error: unknown) => {
      drop();
      throw error;
    });
    if (end === "due" || end === "renew") return "planned";
    drop();
    return access.now() - startedAt < SOON_MS ? "lost soon" : "lost";
  };

  const attempt = async (): Promise<ChannelFate> => {
    renewal = Promise.withResolvers();
    try {
      const channel = await createChannel(options.client, closing.signal);
      const note = await subscribe(options.client, channel.id, options.topics, closing.signal);
      return await live(channel, note);
    } catch (error) {
      if (!closing.signal.aborted) options.onState(stateOf(error));
      return "not made";
    }
  };

  const keep = async () => {
    for (let trouble = 0; !closing.signal.aborted; ) {
      const fate = await attempt();
      trouble = fate === "planned" || fate === "lost" ? 0 : trouble + 1;
      if (fate === "lost soon" && trouble > 2) options.onState({ state: "reconnecting", detail: TOO_MANY });
      if (trouble === 0) continue;
      const pause = access.wait(backoffMs(trouble, options.random), closing.signal).catch(() => {});
      // A new token is worth an attempt at once.
      await Promise.race([pause, renewal.promise]);
    }
  };

  void keep();
  return { close: () => closing.abort(), renew: () => renewal.resolve("renew"), figures: () => figures };
}

function lifeMs({ expires }: Channel, now: number): number {
  const left = Date.parse(expires ?? "") - now;
  const half = Number.isFinite(left) && left > 0 ? left / 2 : LONGEST_LIFE_MS;
  return Math.min(LONGEST_LIFE_MS, Math.max(SHORTEST_LIFE_MS, half));
}

function onlyOnce(run: () => void): () => void {
  let done = false;
  return () => {
    if (!done) run();
    done = true;
  };
}

/** What an agent or an admin can do about it decides the state; all of them are tried again. */
export function stateOf(error: unknown): ProviderState {
  const words = isAppError(error) ? error.message : "Live updates failed for a reason that is not known.";
  if (statusOf(error) === "401") return { state: "signed-out", problem: words };
  if (isAppError(error) && error.code === "upstream_rejected") return { state: "failed", detail: words };
  return { state: "reconnecting", detail: words };
}
