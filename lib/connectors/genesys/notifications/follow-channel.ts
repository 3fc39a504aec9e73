import { backoffMs } from "./backoff.ts";
import { type Channel, isAlive } from "./channel-api.ts";
import type { ChannelOptions } from "./channel-options.ts";
import { runSocket, type SocketEnd } from "./channel-socket.ts";

type Followed = Omit<ChannelOptions, "topics"> & { channel: Channel; signal: AbortSignal };
export type ChannelEnd = Extract<SocketEnd, "gone" | "taken" | "revoked" | "aborted">;

/** A socket that lived as long as this did well. */
const GOOD_LIFE_MS = 10_000;
const MOST_FAILURES = 3;
/** Nobody tells when a channel is taken away or its token dies while the socket stays open. */
const LOOK_EVERY_MS = 300_000;

/** Opens a channel's sockets one after the other, always at the address that the platform gave, until the channel is lost. */
export async function followChannel(followed: Followed): Promise<ChannelEnd> {
  const looked = new AbortController();
  const signal = AbortSignal.any([followed.signal, looked.signal]);
  try {
    return await Promise.race([followSockets({ ...followed, signal }), lookNowAndThen(followed, signal)]);
  } finally {
    looked.abort();
  }
}

async function followSockets(followed: Followed): Promise<ChannelEnd> {
  const { access, channel, signal, onState, random } = followed;
  let failures = 0;
  while (!signal.aborted) {
    const startedAt = access.now();
    const end = await runSocket({
      url: channel.connectUri,
      openSocket: followed.openSocket,
      access,
      signal,
      onOpen: followed.onConnected,
      onFrame(frame) {
        if (frame.kind === "event") followed.onEvent(frame.topic, frame.body);
        else followed.onUnknown(frame.topic, frame.payload);
      },
    });
    if (end === "gone" || end === "taken" || end === "revoked" || end === "aborted") return end;
    failures = access.now() - startedAt >= GOOD_LIFE_MS ? 0 : failures + 1;
    if (failures >= MOST_FAILURES) return "gone";
    // `socket_closing` is said in good time, to everyone, and the channel stays: straight back.
    if (end === "closing" && failures < 2) continue;
    onState({ state: "reconnecting", detail: "The connection for live updates broke off." });
    if ((await lookAt(followed)) === "gone") return "gone";
    if (failures > 0) await access.wait(backoffMs(failures, random), signal).catch(() => {});
  }
  return "aborted";
}

async function lookNowAndThen(followed: Followed, signal: AbortSignal): Promise<ChannelEnd> {
  while (!signal.aborted) {
    await followed.access.wait(LOOK_EVERY_MS, signal).catch(() => {});
    if (!signal.aborted && (await lookAt({ ...followed, signal })) === "gone") return "gone";
  }
  return "aborted";
}

/** While the platform cannot be asked, the channel counts as there: the socket's next attempt will tell. */
async function lookAt({ client, channel, signal }: Followed): Promise<"there" | "gone"> {
  return (await isAlive(client, channel.id, signal).catch(() => true)) ? "there" : "gone";
}
