import { afterEach, expect, test } from "vitest";
import { type AudioSource, recordingSource } from "../audio/audio-source.ts";
import { type TinyServer, tinyServer } from "../testing/tiny-server.ts";
import type { CallEvent } from "./call-events.ts";
import type { CallOptions } from "./call-options.ts";
import { offerOf } from "./messages.ts";
import { startCall } from "./start-call.ts";

let server: TinyServer;
afterEach(() => server.stop());

function recorded(ms: number, channels = 2): AudioSource {
  return recordingSource({
    rate: 8000,
    channels: Array.from({ length: channels }, () => new Int16Array(ms * 8)),
  });
}

/** Ten times faster than speech; only what a test waits for in vain is given up soon. */
function place(options: Partial<CallOptions> = {}) {
  const events: CallEvent[] = [];
  const call = startCall({
    url: server.url,
    organizationId: "d7934305-0972-4844-938e-9060eef73d05",
    apiKey: "SGVsbG8sIEkgYW0gdGhlIEFQSSBrZXkh",
    clientSecret: "TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU=",
    source: recorded(3000),
    speed: 10,
    timeouts: { firstPingMs: 5 },
    ...options,
    onEvent: (event) => events.push(event),
  });
  return { call, events };
}

test("a recording goes out whole, and the call ends as agreed", async () => {
  server = await tinyServer();
  const { call, events } = place();
  const report = await call.done;
  expect(report).toMatchObject({ outcome: "completed", violations: [], bytesSent: 48_000, streamedMs: 3000 });
  const [session] = server.sessions;
  expect(session?.audioBytes).toBe(48_000);
  expect(session?.messages.map((message) => message.seq)).toEqual(session?.messages.map((_, i) => i + 1));
  expect(session?.messages.at(-1)).toMatchObject({
    type: "close",
    position: "PT3S",
    parameters: { reason: "end" },
  });
  expect(events.map((event) => event.type)).toContain("pong");
});

test("the socket is asked for with a signature over the address that was dialled", async () => {
  server = await tinyServer();
  await place().call.done;
  const headers = server.sessions[0]?.headers;
  expect(headers?.["signature-input"]).toContain('("@request-target" "@authority"');
  expect(headers?.["x-api-key"]).toBe("SGVsbG8sIEkgYW0gdGhlIEFQSSBrZXkh");
});

test("one voice offers the customer's channel alone", async () => {
  server = await tinyServer();
  const report = await place({ source: recorded(1000, 1) }).call.done;
  expect(server.sessions[0]?.messages[0]?.parameters.media).toEqual([offerOf("external")]);
  expect(report.bytesSent).toBe(8000);
});

test("a probe carries no audio and no identity", async () => {
  server = await tinyServer();
  const report = await place({ probe: true }).call.done;
  expect(report).toMatchObject({ outcome: "completed", framesSent: 0 });
  const parameters = server.sessions[0]?.messages[0]?.parameters;
  expect(parameters?.conversationId).toBe("00000000-0000-0000-0000-000000000000");
  expect(parameters?.participant).toMatchObject({ id: parameters?.conversationId, ani: "", dnis: "" });
});

test("no audio flows while the server has paused, and the lost time is told", async () => {
  server = await tinyServer({
    onMessage: (message, session) => {
      if (message.type === "ping" && message.parameters.rtt === undefined) session.reply({ type: "pause" });
      if (message.type === "paused") setTimeout(() => session.reply({ type: "resume" }), 20);
      return false;
    },
  });
  const report = await place().call.done;
  const resumed = server.sessions[0]?.messages.find((message) => message.type === "resumed");
  expect(resumed?.parameters.discarded).not.toBe("PT0S");
  expect(report.bytesSent).toBeLessThan(48_000);
  expect(report).toMatchObject({ outcome: "completed", streamedMs: 3000 });
});

test("a resume while the platform still pauses is answered with paused", async () => {
  let asked = false;
  server = await tinyServer({
    onMessage: (message, session) => {
      if (message.type === "paused" && !asked) {
        asked = true;
        session.reply({ type: "resume" });
      }
      return false;
    },
  });
  await place({ pauseAt: [{ atMs: 500, forMs: 1500 }] }).call.done;
  const said = server.sessions[0]?.messages
    .map((message) => message.type)
    .filter((type) => /ause|esume/.test(type));
  expect(said).toEqual(["paused", "paused", "resumed"]);
});

test("lost audio is announced before the next frame", async () => {
  server = await tinyServer();
  const report = await place({ discardAt: [{ atMs: 500, forMs: 1000 }] }).call.done;
  const discarded = server.sessions[0]?.messages.find((message) => message.type === "discarded");
  expect(discarded?.parameters.discarded).toBe("PT1S");
  expect(report.bytesSent).toBe(32_000);
});

test.each([
  [
    "a choice that was not offered",
    400,
    { type: "opened", parameters: { media: [offerOf("internal", "external")] } },
  ],
  ["an unknown message", 405, { type: "greeting" }],
  ["a message of a later phase", 409, { type: "closed" }],
  ["a gap in the numbers", 400, { type: "opened", seq: 7, parameters: { media: [] } }],
  ["a number that was never sent", 400, { type: "opened", clientseq: 9, parameters: { media: [] } }],
  ["another session's message", 400, { type: "opened", id: "else", parameters: { media: [] } }],
  ["an event without entities", 400, { type: "event", parameters: { entities: [] } }],
])("%s ends the call with %i", async (_what, code, reply) => {
  server = await tinyServer({
    onMessage: (message, session) => {
      if (message.type === "open") session.reply(reply);
      return message.type === "open";
    },
  });
  const report = await place().call.done;
  expect(report.outcome).toBe("violated");
  expect(report.violations[0]).toMatchObject({ code, fatal: true });
  expect(server.sessions[0]?.messages.map((message) => message.type)).toContain("error");
});

test.each([
  ["opened", "open", 408],
  ["pong", "ping", 408],
  ["closed", "close", 408],
])("a server that never sends %s is given up", async (_missing, type, code) => {
  server = await tinyServer({ onMessage: (message) => message.type === type });
  const timeouts = { openMs: 50, closeMs: 50, firstPingMs: 5, pingEveryMs: 50 };
  const report = await place({ timeouts }).call.done;
  expect(report.outcome).toBe("violated");
  expect(report.violations.map((violation) => violation.code)).toContain(code);
});

test("a pong for another ping is a conflict", async () => {
  server = await tinyServer({
    onMessage: (message, session) => {
      if (message.type === "ping") session.reply({ type: "pong", clientseq: message.seq - 1 });
      return message.type === "ping";
    },
  });
  const report = await place().call.done;
  expect(report.violations[0]?.code).toBe(409);
});

test("a server that leaves politely is let go", async () => {
  server = await tinyServer({
    onMessage: (message, session) => {
      if (message.type !== "open") return false;
      session.reply({ type: "disconnect", parameters: { reason: "unauthorized", info: "no" } });
      return true;
    },
  });
  const report = await place().call.done;
  expect(report).toMatchObject({
    outcome: "disconnected",
    detail: "The server ended the call (unauthorized): no",
  });
  expect(server.sessions[0]?.messages.at(-1)?.parameters.reason).toBe("disconnect");
});

test("too many messages at once are complained about without ending the call", async () => {
  const entities = [{ type: "noise", data: 1 }];
  server = await tinyServer({
    onMessage: (message, session) => {
      if (message.type !== "ping" || message.parameters.rtt !== undefined) return false;
      for (let i = 0; i < 40; i++) session.reply({ type: "event", parameters: { entities } });
      return false;
    },
  });
  const report = await place().call.done;
  expect(report.outcome).toBe("completed");
  expect(report.violations.map((violation) => violation.code)).toContain(429);
  expect(server.sessions[0]?.messages.find((message) => message.type === "error")?.parameters.code).toBe(429);
});

test("a refusal before the upgrade says its status", async () => {
  server = await tinyServer({ refuseWith: 401 });
  expect(await place().call.done).toMatchObject({ outcome: "refused", status: 401 });
});

test("a socket that just dies is lost", async () => {
  server = await tinyServer({
    onMessage: (message, session) => {
      if (message.type === "ping") session.socket.terminate();
      return message.type === "ping";
    },
  });
  expect((await place().call.done).outcome).toBe("lost");
});

test("a call can be cut and hung up in the middle", async () => {
  server = await tinyServer();
  expect((await place({ cutAtMs: 1000 }).call.done).outcome).toBe("cut");
  const report = await place({ hangUpAtMs: 1000 }).call.done;
  expect(report.outcome).toBe("completed");
  expect(report.streamedMs).toBeLessThan(3000);
});

test("nobody there is said in a sentence", async () => {
  server = await tinyServer();
  const report = await place({ url: "ws://127.0.0.1:1/audiohook/x" }).call.done;
  expect(report.outcome).toBe("unreachable");
  expect(report.detail).toContain("is the audiohook process running?");
});
