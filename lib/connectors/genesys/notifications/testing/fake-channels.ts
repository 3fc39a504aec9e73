import type { FeedSocket } from "../channel-socket.ts";
import { conversationBody, type FakeConversation } from "./fake-bodies.ts";
import type { VirtualTime } from "./virtual-time.ts";

export type FakeChannel = { id: string; topics: string[]; expires: number; socket?: FakeSocket };

/** A socket that a test cuts, mutes and speaks through. */
export class FakeSocket extends EventTarget implements FeedSocket {
  mute = false;
  over = false;
  onPing: () => void = () => {};

  send(text: string): void {
    if (text.includes("ping")) this.onPing();
  }
  close(): void {
    this.over = true;
  }
  hear(frame: unknown): void {
    if (this.over || this.mute) return;
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(frame) }));
  }
  cut(): void {
    if (this.over || this.mute) return;
    this.over = true;
    this.dispatchEvent(new Event("close"));
  }
}

export type FakeRates = { duplicate: number; late: number; failing: number; early: number };

const LIFETIME_MS = 86_400_000;
const HEARTBEAT_MS = 30_000;
const MOST_CHANNELS = 20;

/** The streaming side: channels with their end, sockets with heartbeat and pong, events twice and late. */
export function fakeChannels(time: VirtualTime, rates: FakeRates, chance: () => number) {
  const channels = new Map<string, FakeChannel>();
  let made = 0;

  const kill = (channel: FakeChannel) => {
    channels.delete(channel.id);
    channel.socket?.cut();
  };
  const beat = (socket: FakeSocket) => {
    if (socket.over) return;
    socket.hear({ topicName: "channel.metadata", eventBody: { message: "WebSocket Heartbeat" } });
    time.after(HEARTBEAT_MS, () => beat(socket));
  };
  const connect = (channel: FakeChannel, socket: FakeSocket) => {
    channel.socket?.hear({ topicName: `v2.system.no_longer_subscribed.${channel.id}`, eventBody: {} });
    channel.socket = socket;
    socket.onPing = () =>
      time.after(20, () => socket.hear({ topicName: "channel.metadata", eventBody: { message: "pong" } }));
    socket.dispatchEvent(new Event("open"));
    beat(socket);
  };
  const say = (socket: FakeSocket, frame: unknown) => {
    if (chance() < rates.late) time.after(20 + chance() * 400, () => socket.hear(frame));
    else socket.hear(frame);
  };

  const tell = (socket: FakeSocket, topics: readonly string[], conversation: FakeConversation) => {
    for (const topicName of topics.flatMap(singlesOf)) {
      const shape = topicName.endsWith(".messages") ? "messages" : "communications";
      const frame = { topicName, version: "2", eventBody: conversationBody(conversation, shape) };
      say(socket, frame);
      if (chance() < rates.duplicate) say(socket, frame);
    }
  };

  return {
    channels,
    kill,
    create() {
      made += 1;
      if (channels.size >= MOST_CHANNELS) {
        const [oldest] = [...channels.values()].sort((a, b) => Number(!!a.socket) - Number(!!b.socket));
        if (oldest) kill(oldest);
      }
      const channel: FakeChannel = { id: `c-${made}`, topics: [], expires: time.now() + LIFETIME_MS };
      channels.set(channel.id, channel);
      time.after(LIFETIME_MS, () => kill(channel));
      const expires = new Date(channel.expires).toISOString();
      return { id: channel.id, connectUri: `wss://streaming.example/channels/${channel.id}`, expires };
    },
    openSocket(url: string): FakeSocket {
      const socket = new FakeSocket();
      const channel = channels.get(url.split("/").at(-1) ?? "");
      time.after(5, () => {
        if (channel && channels.has(channel.id)) connect(channel, socket);
        else socket.cut();
      });
      return socket;
    },
    /** Tells the whole conversation to all who listen, as it is now. */
    emit(conversation: FakeConversation): void {
      for (const { topics, socket } of channels.values()) if (socket) tell(socket, topics, conversation);
    },
    sockets: () => [...channels.values()].flatMap(({ socket }) => (socket && !socket.over ? [socket] : [])),
  };
}

function singlesOf(topic: string): string[] {
  const [prefix = "", postfixes] = topic.split("?");
  return postfixes === undefined ? [topic] : postfixes.split("&").map((each) => `${prefix}.${each}`);
}
