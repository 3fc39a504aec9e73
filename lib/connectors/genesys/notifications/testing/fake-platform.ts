import { AppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../../../platform-access.ts";
import type { GenesysClient } from "../../api/genesys-client.ts";
import { conversationBody, type FakeConversation, type FakeMessage, messageBody } from "./fake-bodies.ts";
import { type FakeChannel, fakeChannels } from "./fake-channels.ts";
import type { VirtualTime } from "./virtual-time.ts";

export type FakePlatform = ReturnType<typeof fakePlatform>;

/** As much of the platform as the feed sees, told by a test what to do next; all in virtual time. */
export function fakePlatform(time: VirtualTime, chance: () => number = Math.random) {
  const rates = { duplicate: 0, late: 0, failing: 0, early: 0 };
  const streaming = fakeChannels(time, rates, chance);
  const conversations = new Map<string, FakeConversation>();
  const refused = { permissions: [] as string[] };
  const requests: string[] = [];
  const failures: AppError[] = [];
  const early = new Map<string, number>();

  const isThere = ({ id }: FakeMessage) => {
    const left = early.get(id) ?? (chance() < rates.early ? 1 + Math.floor(chance() * 3) : 0);
    early.set(id, Math.max(0, left - 1));
    return left === 0;
  };
  const messagesOf = (conversation: FakeConversation, last: string, body: unknown) => {
    const wanted = last === "bulk" ? (body as string[]) : [last];
    const found = conversation.messages.filter((each) => wanted.includes(each.id)).filter(isThere);
    if (last === "bulk") return { entities: found.toReversed().map(messageBody) };
    return found[0] ? messageBody(found[0]) : missing();
  };
  const conversationAnswer = (path: string, body: unknown) => {
    const [, first = "", second = "", , last] = path.split("/").slice(3);
    if (first === "messages" && second === "")
      return { entities: [...conversations.values()].map((one) => conversationBody(one, "listed")) };
    const conversation = conversations.get(first === "messages" ? second : first) ?? missing();
    return last ? messagesOf(conversation, last, body) : conversationBody(conversation, "communications");
  };
  const answer = (method: string, path: string, body: unknown): unknown => {
    if (path.endsWith("/notifications/channels")) return streaming.create();
    if (path.includes("/notifications/"))
      return subscriptions(streaming.channels.get(path.split("/")[5] ?? ""), { method, body, refused });
    if (path.includes("/analytics/"))
      return { conversations: [...conversations.keys()].map((conversationId) => ({ conversationId })) };
    return conversationAnswer(path, body);
  };

  const client: GenesysClient = {
    async request(method, path, { schema, body, signal }) {
      requests.push(`${method} ${path}`);
      await time.wait(5 + chance() * 40, signal);
      const failure = failures.shift();
      if (failure) throw failure;
      if (chance() < rates.failing) throw new AppError("upstream_unavailable", "The platform answered 503.");
      return schema.parse(answer(method, path, body)) as never;
    },
  };
  const access: PlatformAccess = {
    connectionId: "connection",
    fetch: () => Promise.reject(new Error("the fake has a client of its own")),
    now: time.now,
    wait: time.wait,
    quota: () => {},
    sandboxes: {},
  };
  return {
    ...streaming,
    client,
    access,
    conversations,
    rates,
    refused,
    requests,
    failures,
    /** The message is announced at once, and once more when its status changes. */
    say(conversation: FakeConversation, message: FakeMessage) {
      conversation.messages.push(message);
      streaming.emit(conversation);
      time.after(60, () => streaming.emit(conversation));
    },
  };
}

type Asked = { method: string; body: unknown; refused: { permissions: string[] } };

function subscriptions(channel: FakeChannel | undefined, { method, body, refused }: Asked): object {
  if (!channel) return missing();
  if (method === "PUT") channel.topics = (body as { id: string }[]).map(({ id }) => id);
  const state = refused.permissions.length > 0 ? "Rejected" : "Permitted";
  return {
    entities: channel.topics.map((id) => ({ id, state, missingPermissions: refused.permissions })),
  };
}

function missing(): never {
  throw new AppError("upstream_rejected", "The platform answered 404.", { context: { status: "404" } });
}
