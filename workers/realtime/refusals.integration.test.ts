import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { createWidgetTokens } from "#/lib/realtime/widget-token.ts";
import { addressOf, aLine, aSocket, aWidget, say } from "./testing/realtime-world.ts";
import { testWorld } from "./testing/test-world.ts";

const { world, talkOf, socketOf } = await testWorld();

test("another tenant's conversation and one that nobody has are refused alike", async () => {
  const [mine, foreign] = [await talkOf(), await talkOf()];
  await say(world(), foreign, aLine("a secret"), { publish: false });
  const socket = await socketOf(mine);
  const ask = (event: string, conversationId: string) =>
    socket.emitWithAck(event, {
      conversationId,
      after: 0,
      messageId: "m",
      payload: {},
      askId: randomUUID(),
      text: "what?",
    });
  for (const event of ["join", "sync", "forward", "ask"]) {
    const refusal = await ask(event, foreign.place.platformConversationId);
    expect(refusal).toEqual({ ok: false, code: "not_found", message: "There is no such conversation." });
    expect(await ask(event, "nobody's")).toEqual(refusal);
  }
  socket.disconnect();
});

test("a token of another tenant with the same conversation id sees nothing of this one", async () => {
  const [mine, foreign] = [await talkOf(), await talkOf()];
  await say(world(), mine, aLine("mine"), { publish: false });
  const claims = { ...foreign.claims, conversationId: mine.claims.conversationId };
  const socket = await socketOf({ ...mine, claims });
  const heard = vi.fn();
  socket.on("durable", heard);
  const answer = await socket.emitWithAck("join", { conversationId: claims.conversationId, after: 0 });
  expect(answer).toMatchObject({ ok: true, lastSeq: 0, messages: [] });
  const widget = await aWidget(world(), mine, addressOf(world().nodes[0]));
  await vi.waitFor(() => expect(widget.states.at(-1)).toBe("live"), 10_000);
  await say(world(), mine, aLine("more of mine"));
  await vi.waitFor(() => expect(widget.texts()).toEqual(["mine", "more of mine"]), 10_000);
  widget.link.close();
  expect(heard).not.toHaveBeenCalled();
  socket.disconnect();
});

test("no token, a foreign one and an expired one are refused in the same words", async () => {
  const talk = await talkOf();
  const secret = "the widget secret of these tests, long enough";
  const bad = [
    "",
    await createWidgetTokens("some other secret, just as long as it must be", Date.now).mint(talk.claims),
    await createWidgetTokens(secret, () => Date.now() - 600_000).mint(talk.claims),
  ];
  for (const token of bad) {
    const socket = aSocket(addressOf(world().nodes[0]), token);
    const message = await new Promise((resolve) =>
      socket.once("connect_error", (error) => resolve(error.message)),
    );
    expect(message).toBe("unauthenticated");
  }
});

test("a socket ends with its token, unless the token was renewed", async () => {
  const talk = await talkOf();
  const nearlyOver = createWidgetTokens(
    "the widget secret of these tests, long enough",
    () => Date.now() - 298_000,
  );
  const token = await nearlyOver.mint(talk.claims);
  const [lazy, renewing] = [1, 2].map(() => aSocket(addressOf(world().nodes[0]), token));
  if (!lazy || !renewing) throw new Error("unreachable");
  const goodbye = new Promise((resolve) => lazy.once("goodbye", resolve));
  await Promise.all([lazy, renewing].map((each) => new Promise<void>((done) => each.once("connect", done))));
  const foreign = await talkOf();
  expect(await renewing.emitWithAck("renew", await world().tokens.mint(foreign.claims))).toMatchObject({
    code: "unauthenticated",
  });
  expect(await renewing.emitWithAck("renew", await world().tokens.mint(talk.claims))).toEqual({ ok: true });
  expect(await goodbye).toBe("token_expired");
  await vi.waitFor(() => expect(lazy.connected).toBe(false));
  expect(renewing.connected).toBe(true);
  renewing.disconnect();
});

test("bad input gets a clear answer and leaves the socket alive", async () => {
  const talk = await talkOf();
  const socket = await socketOf(talk);
  const bad: [string, unknown][] = [
    ["join", null],
    ["join", { conversationId: talk.place.platformConversationId, after: -1 }],
    ["sync", "text"],
    ["forward", { conversationId: talk.place.platformConversationId, messageId: "", payload: 1 }],
    ["ask", { conversationId: talk.place.platformConversationId, askId: "no uuid", text: "a" }],
    ["feedback", { suggestionId: "x", kind: "liked", value: "" }],
    ["passage", {}],
    ["renew", { token: 1 }],
  ];
  for (const [event, input] of bad)
    expect(await socket.emitWithAck(event, input)).toMatchObject({ ok: false, code: "invalid_input" });
  socket.emit("acknowledge", { conversationId: 1 });
  socket.emit("no such event", {});
  const join = { conversationId: talk.place.platformConversationId, after: 0 };
  expect(await socket.emitWithAck("join", join)).toMatchObject({ ok: true });
  socket.disconnect();
});

test("a flood is refused, and the socket stays", async () => {
  const talk = await talkOf();
  const socket = await socketOf(talk);
  const asking = Array.from({ length: 20 }, () =>
    socket.emitWithAck("ask", {
      conversationId: talk.place.platformConversationId,
      askId: randomUUID(),
      text: "why?",
    }),
  );
  const codes = (await Promise.all(asking)).map((answer) => answer.code ?? "ok");
  expect(codes.filter((code) => code === "ok").length).toBeGreaterThanOrEqual(5);
  expect(codes.at(-1)).toBe("rate_limited");
  expect(socket.connected).toBe(true);
  socket.disconnect();
});
