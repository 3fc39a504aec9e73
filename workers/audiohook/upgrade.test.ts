import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { AudiohookServer } from "./audiohook-server.ts";
import { signedHeaders } from "./testing/call-client.ts";
import { PUBLIC_ID, runningServer } from "./testing/running-server.ts";

const servers: AudiohookServer[] = [];

async function start(options: Parameters<typeof runningServer>[0] = {}) {
  const running = await runningServer(options);
  servers.push(running.server);
  return running;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.drain();
});

type Running = Awaited<ReturnType<typeof start>>;

/** The whole answer to an upgrade request written by hand. */
function rawUpgrade(running: Running, headers: Record<string, string>, path = running.path): Promise<string> {
  const lines = Object.entries({
    Host: running.host,
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  return new Promise((resolve, reject) => {
    const socket = connect(running.server.port, "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
      if (answer.startsWith("HTTP/1.1 101")) socket.destroy();
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
    socket.write(`GET ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  });
}

function good(running: Running): Record<string, string> {
  return signedHeaders(running.identity(), running.path, running.host);
}

function without(headers: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}

const BAD_REQUESTS: Record<string, (headers: Record<string, string>) => Record<string, string>> = {
  "no headers at all": () => ({}),
  "no api key": (headers) => without(headers, "x-api-key"),
  "a wrong api key": (headers) => ({ ...headers, "x-api-key": "d3Jvbmc=" }),
  "an api key of odd characters": (headers) => ({ ...headers, "x-api-key": "%00{}" }),
  "no session id": (headers) => without(headers, "audiohook-session-id"),
  "a session id that was not signed": (headers) => ({
    ...headers,
    "audiohook-session-id": "30b0e395-84d3-4570-ac13-9a62d8f514c0",
  }),
  "no signature": (headers) => without(without(headers, "signature"), "signature-input"),
  "a signature input alone": (headers) => without(headers, "signature"),
  "a short signature": (headers) => ({ ...headers, signature: "sig=:AAAA:" }),
  "a signature that is none": (headers) => ({ ...headers, signature: ":::" }),
  "a signature input that is none": (headers) => ({ ...headers, "signature-input": '("' }),
  "a signature made long ago": (headers) => ({
    ...headers,
    "signature-input": String(headers["signature-input"]).replace(/created=\d+/, "created=1641013200"),
  }),
};

test("every refusal is the same text, whatever its cause, and the process goes on", async () => {
  const running = await start();
  const answers = await Promise.all(
    Object.values(BAD_REQUESTS).map((spoil) => rawUpgrade(running, spoil(good(running)))),
  );
  const strangers = await Promise.all(
    [
      "/audiohook/nobody",
      "/audiohook/",
      "/",
      `${running.path}/more`,
      "/audiohook/%E0%A4%A",
      `/${"x".repeat(3000)}`,
    ].map((path) => rawUpgrade(running, good(running), path)),
  );
  expect(new Set([...answers, ...strangers]).size).toBe(1);
  expect(answers[0]).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n/);
  expect(answers[0]).toMatch(/\r\n\r\nUnauthorized\n$/);
  expect(running.server.health().refusedUpgrades).toBe(answers.length + strangers.length);

  const client = await running.connect();
  client.open();
  await client.next("opened");
  await client.close();
});

test("each header may hold anything", async () => {
  const running = await start();
  const names = Object.keys(good(running));
  const values = [
    "",
    " ",
    '"',
    "=",
    ",,,",
    "(((((",
    ";;;;",
    "\u00ff\u00fe",
    "a".repeat(8000),
    ":".repeat(500),
  ];
  for (const name of names) {
    for (const value of values) {
      const answer = await rawUpgrade(running, { ...good(running), [name]: value });
      expect(answer, `${name}: ${value.slice(0, 20)}`).toMatch(/^HTTP\/1\.1 4\d\d/);
    }
  }
  await running.connect();
});

test("a good request is upgraded, with its query covered by the signature", async () => {
  const running = await start();
  expect(await rawUpgrade(running, good(running))).toMatch(/^HTTP\/1\.1 101/);
  const path = `/audiohook/${PUBLIC_ID}?lane=1`;
  const headers = signedHeaders(running.identity(), path, running.host);
  expect(await rawUpgrade(running, headers, path)).toMatch(/^HTTP\/1\.1 101/);
  expect(await rawUpgrade(running, headers)).toMatch(/^HTTP\/1\.1 401/);
});

test("unsigned requests enter where the connection has no secret and allows them", async () => {
  const open = await start({ connection: { secrets: [], unsignedAllowed: true } });
  const unsigned = without(without(good(open), "signature"), "signature-input");
  expect(await rawUpgrade(open, unsigned)).toMatch(/^HTTP\/1\.1 101/);
  const closed = await start({ connection: { secrets: [], unsignedAllowed: false } });
  expect(await rawUpgrade(closed, without(without(good(closed), "signature"), "signature-input"))).toMatch(
    /^HTTP\/1\.1 401/,
  );
});

test("a repeated request is reported, and refused only where the connection says so", async () => {
  const lenient = await start();
  const headers = good(lenient);
  expect(await rawUpgrade(lenient, headers)).toMatch(/^HTTP\/1\.1 101/);
  expect(await rawUpgrade(lenient, headers)).toMatch(/^HTTP\/1\.1 101/);
  expect(lenient.server.health().repeatedNonces).toBe(1);

  const strict = await start({ connection: { refuseRepeatedNonce: true } });
  const once = good(strict);
  expect(await rawUpgrade(strict, once)).toMatch(/^HTTP\/1\.1 101/);
  expect(await rawUpgrade(strict, once)).toMatch(/^HTTP\/1\.1 401/);
});

test("behind a proxy the signed host comes from the option, or from a trusted header", async () => {
  const signed = (running: Running) => signedHeaders(running.identity(), running.path, "voice.example.com");
  const overridden = await start({ authorityOverride: "voice.example.com" });
  expect(await rawUpgrade(overridden, signed(overridden))).toMatch(/^HTTP\/1\.1 101/);

  const forwarded = { "X-Forwarded-Host": "Voice.Example.com:443, inner" };
  const trusting = await start({ trustProxy: true });
  expect(await rawUpgrade(trusting, { ...signed(trusting), ...forwarded })).toMatch(/^HTTP\/1\.1 101/);
  const plain = await start();
  expect(await rawUpgrade(plain, { ...signed(plain), ...forwarded })).toMatch(/^HTTP\/1\.1 401/);
});

test("a look-up that fails or hangs is our fault, not the caller's", async () => {
  const broken = await start({ findConnection: () => Promise.reject(new Error("database gone")) });
  expect(await rawUpgrade(broken, good(broken))).toMatch(/^HTTP\/1\.1 503/);
  const hanging = await start({
    findConnection: () => new Promise(() => undefined),
    timings: { lookupMs: 10 },
  });
  expect(await rawUpgrade(hanging, good(hanging))).toMatch(/^HTTP\/1\.1 503/);
});

test("a caller that leaves while being authenticated harms nothing", async () => {
  const running = await start({ timings: { refusalMs: 100 } });
  await Promise.all(
    Array.from(
      { length: 20 },
      () =>
        new Promise<void>((resolve) => {
          const socket = connect(running.server.port, "127.0.0.1", () => {
            socket.write(
              `GET ${running.path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
            );
            setTimeout(() => socket.resetAndDestroy(), 10);
          });
          socket.on("close", () => resolve());
        }),
    ),
  );
  await running.connect();
});

test("alive and ready are told apart", async () => {
  let reachable = true;
  const running = await start({ ready: () => reachable });
  const status = async (path: string) => (await fetch(`http://${running.host}${path}`)).status;
  expect([await status("/healthz"), await status("/readyz"), await status("/x")]).toEqual([200, 200, 404]);
  reachable = false;
  expect([await status("/healthz"), await status("/readyz")]).toEqual([200, 503]);
});
