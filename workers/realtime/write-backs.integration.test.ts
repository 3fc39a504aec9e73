import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import type { WriteAnswer, WrittenAnswer } from "#/lib/realtime/requests.ts";
import { addressOf, aWidget, type Talk } from "./testing/realtime-world.ts";
import { testWorld } from "./testing/test-world.ts";

const { world, talkOf, socketOf } = await testWorld();

type Socket = Awaited<ReturnType<typeof socketOf>>;
const message = { kind: "message" as const, text: "It drops off by itself." };

const asksTo = (talk: Talk, socket: Socket, writeId: string, more: object = {}): Promise<WriteAnswer> =>
  socket.emitWithAck("write", {
    conversationId: talk.place.platformConversationId,
    writeId,
    claim: randomUUID(),
    intent: message,
    ...more,
  });
const tells = (talk: Talk, socket: Socket, writeId: string, told: object): Promise<WrittenAnswer> =>
  socket.emitWithAck("written", {
    conversationId: talk.place.platformConversationId,
    writeId,
    attempt: 1,
    ...told,
  });

test("of ten who ask at once, one is told that the message is theirs", async () => {
  const talk = await talkOf();
  const socket = await socketOf(talk);
  const writeId = randomUUID();
  const answers = await Promise.all(Array.from({ length: 10 }, () => asksTo(talk, socket, writeId)));
  expect(answers.filter((answer) => answer.ok && answer.mine)).toHaveLength(1);
  expect(answers.every((answer) => answer.ok && answer.state === "sending")).toBe(true);
  socket.disconnect();
});

test("an answer that was lost on the way is given again to the same claim", async () => {
  const talk = await talkOf();
  const socket = await socketOf(talk);
  const writeId = randomUUID();
  const claim = randomUUID();
  expect(await asksTo(talk, socket, writeId, { claim })).toMatchObject({ mine: true, attempt: 1 });
  expect(await asksTo(talk, socket, writeId, { claim })).toMatchObject({ mine: true, attempt: 1 });
  expect(await asksTo(talk, socket, writeId)).toMatchObject({ mine: false });
  socket.disconnect();
});

test("every tab sees a message being sent, failing, being tried again and sent", async () => {
  const talk = await talkOf();
  const [one, other] = [await socketOf(talk), await aWidget(world(), talk, addressOf(world().nodes[1]))];
  await vi.waitFor(() => expect(other.states.at(-1)).toBe("live"));
  const states = () =>
    [...other.store.state().messages.values()].flatMap(({ body }) =>
      body.kind === "write-back" ? [`${body.attempt} ${body.state}`] : [],
    );
  const writeId = randomUUID();
  await asksTo(talk, one, writeId);
  const failed = { kind: "failed", reason: "The platform is down.", retryable: true };
  await tells(talk, one, writeId, { report: failed });
  const again = { after: { attempt: 1, how: "retry" } };
  const answers = await Promise.all([1, 2, 3].map(() => asksTo(talk, one, writeId, again)));
  expect(answers.filter((answer) => answer.ok && answer.mine)).toHaveLength(1);
  // A report of the first attempt says nothing of the second.
  expect(await tells(talk, one, writeId, { report: failed })).toMatchObject({ state: "sending" });
  await tells(talk, one, writeId, { attempt: 2, report: { kind: "sent", platformId: "m-1" } });
  expect(await tells(talk, one, writeId, { attempt: 2, report: failed })).toMatchObject({ state: "sent" });
  await vi.waitFor(() => expect(states()).toEqual(["1 sending", "1 failed", "2 sending", "2 sent"]));
  one.disconnect();
  other.link.close();
});

test("what may have arrived is tried again only when a person says so", async () => {
  const talk = await talkOf();
  const socket = await socketOf(talk);
  const writeId = randomUUID();
  await asksTo(talk, socket, writeId);
  await tells(talk, socket, writeId, { report: { kind: "unconfirmed", reason: "Nobody knows." } });
  const after = (how: string) => ({ after: { attempt: 1, how } });
  expect(await asksTo(talk, socket, writeId)).toMatchObject({ mine: false, state: "unconfirmed" });
  expect(await asksTo(talk, socket, writeId, after("retry"))).toMatchObject({ mine: false });
  expect(await asksTo(talk, socket, writeId, after("resume"))).toMatchObject({ mine: false });
  expect(await asksTo(talk, socket, writeId, after("confirmed"))).toMatchObject({ mine: true, attempt: 2 });
  socket.disconnect();
});

test("a message that the platform knows under one id is not two messages of ours", async () => {
  const talk = await talkOf();
  const socket = await socketOf(talk);
  const [first, second] = [randomUUID(), randomUUID()];
  const sent = { report: { kind: "sent", platformId: "m-1" } };
  await asksTo(talk, socket, first);
  await asksTo(talk, socket, second);
  expect(await tells(talk, socket, first, sent)).toMatchObject({ state: "sent" });
  expect(await tells(talk, socket, second, sent)).toMatchObject({ ok: false, code: "conflict" });
  socket.disconnect();
});

test("an older wrap-up that is tried late does not undo a newer one", async () => {
  const talk = await talkOf();
  const socket = await socketOf(talk);
  const intent = { kind: "summary", codeId: "c1", codeName: "Billing", notes: "Old.", provisional: true };
  const [older, newer] = [randomUUID(), randomUUID()];
  await asksTo(talk, socket, older, { intent });
  await tells(talk, socket, older, { report: { kind: "failed", reason: "Down.", retryable: true } });
  await asksTo(talk, socket, newer, { intent: { ...intent, notes: "New." } });
  const again = { intent, after: { attempt: 1, how: "retry" } };
  expect(await asksTo(talk, socket, older, again)).toMatchObject({ mine: false, state: "discarded" });
  socket.disconnect();
});

test("another conversation, another tenant and a conversation that has not begun are refused", async () => {
  const [talk, stranger, early] = [await talkOf(), await talkOf(), await talkOf(false)];
  const [mine, theirs, none] = [await socketOf(talk), await socketOf(stranger), await socketOf(early)];
  const writeId = randomUUID();
  await asksTo(talk, mine, writeId);
  expect(await asksTo(talk, theirs, writeId)).toMatchObject({ ok: false, code: "not_found" });
  expect(await tells(stranger, theirs, writeId, { report: { kind: "sent" } })).toMatchObject({
    code: "not_found",
  });
  expect(await asksTo(early, none, randomUUID())).toMatchObject({ ok: false, code: "not_found" });
  const tooLong = { intent: { kind: "message", text: "x".repeat(4_001) } };
  expect(await asksTo(talk, mine, randomUUID(), tooLong)).toMatchObject({ code: "invalid_input" });
  for (const socket of [mine, theirs, none]) socket.disconnect();
});
