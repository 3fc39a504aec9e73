import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { DEMO_WRAP_UP_CODES } from "#/sandbox/genesys/organization/demo-organization.ts";
import { type Organization, startOrganization } from "#/sandbox/genesys/organization/start-organization.ts";
import { type AWidget, aBrowser, aWidget, DANIEL, KIM, signedIn } from "./testing/widgets.ts";

let organization: Organization;
beforeAll(async () => {
  organization = await startOrganization({ settings: { ratePerMinute: 100_000 } });
});
afterAll(() => organization.close());
beforeEach(() => organization.reset());

const open: AWidget[] = [];
const widget = (...options: Parameters<typeof aWidget> extends [unknown, ...infer R] ? R : never) => {
  const made = aWidget(organization, ...options);
  open.push(made);
  return made;
};
afterEach(() => {
  for (const { stop } of open.splice(0)) stop();
});

const chat = (text?: string) => organization.start({ userId: KIM.id, text }).id;
const channelsOf = (userId: string) =>
  organization.world.channels
    .all()
    .filter(({ token, connection }) => connection && token.user?.id === userId);
const signal = () => AbortSignal.timeout(5_000);
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 20 });

test("an agent who signs in sees the conversation of the address, what was said before and what comes", async () => {
  const conversationId = chat("Where is my parcel?");
  const { heard, door, texts } = widget(conversationId);
  expect(heard.states).toEqual([{ state: "signing-in" }]);
  await eventually(() => expect(heard.states.at(-1)).toEqual({ state: "signed-out" }));
  expect(heard.contexts).toEqual([]);

  door.enter(signedIn(organization));
  await eventually(() => expect(texts()).toEqual(["Where is my parcel?"]));
  organization.customerWrites(conversationId, "It is late.");
  await eventually(() => expect(texts()).toEqual(["Where is my parcel?", "It is late."]));
  await eventually(() =>
    expect(heard.contexts.at(-1)).toMatchObject({
      conversationId,
      agent: { id: KIM.id, name: KIM.name },
      queue: { id: "queue-care" },
      channel: "chat",
    }),
  );
  organization.customer(conversationId, { do: "leave" });
  await eventually(() => expect(heard.ended).toEqual([`${conversationId}: customer left`]));
});

test("a widget shows its own conversation only, and one that was opened for none shows all", async () => {
  const [first, second] = [chat("one"), chat("two")];
  const own = widget(first);
  const all = widget(undefined);
  for (const { door } of [own, all]) door.enter(signedIn(organization));
  await eventually(() => expect(all.texts().sort()).toEqual(["one", "two"]));
  expect(own.texts()).toEqual(["one"]);
  expect(second).not.toBe(first);
});

test("ten widgets of one agent: one sign-in, one channel, each message once in each", async () => {
  const browser = aBrowser();
  const chats = Array.from({ length: 10 }, (_, index) => chat(`question ${index}`));
  const [first, ...others] = chats.map((id) => widget(id, browser));
  first?.door.enter(signedIn(organization));
  const all = [first, ...others].filter((each) => each !== undefined);
  await eventually(() => {
    for (const [index, each] of all.entries()) expect(each.texts()).toEqual([`question ${index}`]);
  });
  expect(organization.world.channels.all()).toHaveLength(1);
  for (const [index, id] of chats.entries()) organization.customerWrites(id, `more ${index}`);
  await eventually(() => {
    for (const [index, each] of all.entries())
      expect(each.texts()).toEqual([`question ${index}`, `more ${index}`]);
  });
});

test("when the widget that holds the channel is closed, another takes over and nothing is lost", async () => {
  const browser = aBrowser();
  const conversationId = chat("first");
  const leader = widget(chat(), browser);
  leader.door.enter(signedIn(organization));
  await eventually(() =>
    expect(leader.heard.states.filter(({ state }) => state === "ready").length).toBeGreaterThan(1),
  );
  const follower = widget(conversationId, browser);
  await eventually(() => expect(follower.texts()).toEqual(["first"]));

  leader.stop();
  organization.customerWrites(conversationId, "second");
  await eventually(() => expect(follower.texts()).toEqual(["first", "second"]));
  organization.customerWrites(conversationId, "third");
  await eventually(() => expect(follower.texts()).toEqual(["first", "second", "third"]));
});

test("an agent who comes back after a colleague, in the same frame, hears the customer again", async () => {
  const conversationId = chat("first");
  const { door, texts } = widget(conversationId, aBrowser());
  door.enter(signedIn(organization));
  await eventually(() => expect(texts()).toEqual(["first"]));
  for (const user of [DANIEL, KIM]) {
    door.enter(signedIn(organization, 3_600_000, user));
    await eventually(() => expect(channelsOf(user.id)).toHaveLength(1));
  }
  organization.customerWrites(conversationId, "second");
  await eventually(() => expect(texts()).toEqual(["first", "second"]));
});

test("two agents in one browser hear nothing of each other's conversations", async () => {
  const browser = aBrowser();
  const kims = chat("for Kim");
  const daniels = widget(undefined, browser);
  daniels.door.enter(signedIn(organization, 3_600_000, DANIEL));
  await eventually(() => expect(channelsOf(DANIEL.id)).toHaveLength(1));
  const own = widget(kims, browser);
  own.door.enter(signedIn(organization));
  await eventually(() => expect(own.texts()).toEqual(["for Kim"]));
  organization.customerWrites(kims, "and more");
  await eventually(() => expect(own.texts()).toEqual(["for Kim", "and more"]));
  expect(daniels.texts()).toEqual([]);
  expect(daniels.heard.contexts).toEqual([]);
});

test("where the browser keeps frames apart, each widget works alone", async () => {
  const apart = {
    openChannel: () => {
      throw new DOMException("denied", "SecurityError");
    },
    hold: () => Promise.reject(new DOMException("denied", "SecurityError")),
  };
  const conversationId = chat("hello");
  for (const each of [widget(conversationId, apart), widget(conversationId, {})]) {
    each.door.enter(signedIn(organization));
    await eventually(() => expect(each.texts()).toEqual(["hello"]));
  }
});

test("a token that ends asks for a new sign-in; what was said meanwhile comes with it, once", async () => {
  const conversationId = chat("before");
  const { door, heard, texts } = widget(conversationId);
  door.enter(signedIn(organization));
  await eventually(() => expect(texts()).toEqual(["before"]));
  organization.faults.revokeTokens();
  await eventually(() => expect(heard.states.at(-1)).toMatchObject({ state: "signed-out" }));
  expect(door.state().kind).toBe("out");
  organization.customerWrites(conversationId, "meanwhile");
  door.enter(signedIn(organization));
  await eventually(() => expect(texts()).toEqual(["before", "meanwhile"]));
  expect(heard.states.at(-1)).toMatchObject({ state: "ready" });
});

test("the agent is told in good time that the sign-in ends, and keeps it until then", async () => {
  const { door, heard } = widget(chat());
  door.enter(signedIn(organization, 4 * 60_000));
  await eventually(() =>
    expect(heard.states).toContainEqual({
      state: "signed-out",
      problem: "Your sign-in at Genesys Cloud ends in a few minutes.",
    }),
  );
  expect(door.state().kind).toBe("in");
});

test("a message that is sent reaches the customer once and is shown once", async () => {
  const conversationId = chat("hello");
  const { provider, door, heard } = widget(conversationId);
  door.enter(signedIn(organization));
  await eventually(() => expect(heard.messages).toHaveLength(1));
  const outcome = await provider.writeBack?.send?.(conversationId, "Let me look.", signal());
  expect(outcome).toMatchObject({ kind: "sent", platformId: expect.any(String) });
  organization.customerWrites(conversationId, "Thanks");
  await eventually(() =>
    expect(heard.messages.map(({ from, text }) => `${from}: ${text}`)).toEqual([
      "customer: hello",
      "agent: Let me look.",
      "customer: Thanks",
    ]),
  );
});

test("an answer that is lost leaves the outcome open; looking finds what arrived and what did not", async () => {
  const conversationId = chat("hello");
  const { provider, door } = widget(conversationId);
  door.enter(signedIn(organization));
  const { send, find } = provider.writeBack ?? {};
  const since = Date.now();
  const path = "/api/v2/conversations/messages/*/communications";
  organization.faults.add({ kind: "error", method: "POST", path, when: "after", times: 1 });
  expect(await send?.(conversationId, "It is on its way.", signal())).toMatchObject({ kind: "unknown" });
  expect(await find?.(conversationId, { text: "It is on its way.", since }, signal())).toMatchObject({
    kind: "sent",
  });
  organization.faults.add({ kind: "error", method: "POST", path, when: "before", times: 1 });
  expect(await send?.(conversationId, "Never said.", signal())).toMatchObject({ kind: "unknown" });
  expect(await find?.(conversationId, { text: "Never said.", since }, signal())).toMatchObject({
    kind: "failed",
    retryable: true,
  });
  expect(organization.sent().filter(({ text }) => text === "It is on its way.")).toHaveLength(1);
});

test("what the platform refuses has a reason that an agent can act on", async () => {
  const conversationId = chat("hello");
  const { provider, door } = widget(conversationId);
  door.enter(signedIn(organization));
  const { send } = provider.writeBack ?? {};
  const path = "/api/v2/conversations/messages/*/communications";
  organization.faults.add({
    kind: "forbidden",
    method: "POST",
    path,
    times: 1,
    permission: "conversation:message:create",
  });
  expect(await send?.(conversationId, "No.", signal())).toEqual({
    kind: "failed",
    reason: "Your role in Genesys Cloud lacks conversation:message:create.",
    retryable: false,
  });
  organization.faults.add({ kind: "rate-limited", method: "POST", path, times: 1 });
  expect(await send?.(conversationId, "Later.", signal())).toMatchObject({ kind: "failed", retryable: true });
  expect(organization.sent()).toEqual([]);
});

test("a wrap-up is a draft first and final later, with the codes of the agent's queue", async () => {
  const conversationId = chat("hello");
  const { provider, door } = widget(conversationId);
  door.enter(signedIn(organization));
  const { wrapUpCodes, saveWrapUp } = provider.writeBack ?? {};
  const codes = await wrapUpCodes?.(conversationId, signal());
  expect(codes).toContainEqual(DEMO_WRAP_UP_CODES[0]);
  const [code = { id: "", name: "" }] = codes ?? [];
  const wrapUp = { codeId: code.id, codeName: code.name, notes: "Parcel is late.", provisional: true };
  expect(await saveWrapUp?.(conversationId, wrapUp, signal())).toEqual({ kind: "sent" });
  organization.agentActs(conversationId, { do: "end" });
  const final = { ...wrapUp, notes: "x".repeat(5_000), provisional: false };
  expect(await saveWrapUp?.(conversationId, final, signal())).toEqual({ kind: "sent" });
  const saved = organization.wrapUps();
  expect(saved.map(({ provisional, notes }) => [provisional, notes?.length])).toEqual([
    [true, 15],
    [false, 4_000],
  ]);
});
