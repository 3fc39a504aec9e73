import { expect, test } from "vitest";
import { runningServer, until } from "./testing/running-server.ts";

test("a drain refuses new calls, says it is not ready, and lets running ones end", async () => {
  const {
    call,
    server,
    host,
    client: newClient,
    sink,
  } = await runningServer({ timings: { drainMs: 20_000 } });
  const { client, customer } = await call();
  const drained = server.drain();
  expect(server.drain()).toBe(drained);
  expect((await fetch(`http://${host}/readyz`)).status).toBe(503);
  expect((await fetch(`http://${host}/healthz`)).status).toBe(200);
  await expect(newClient().connected()).rejects.toThrow("503");
  customer.says("still here");
  client.say("ping");
  await client.next("pong");
  await client.close();
  await drained;
  expect(sink.lines.slice(1)).toEqual(["customer: still here", "ended end"]);
  await expect(fetch(`http://${host}/healthz`)).rejects.toThrow();
});

test("calls that outlive the drain are asked to close, and their last words are kept", async () => {
  const { call, server, sink } = await runningServer({ timings: { drainMs: 20 } });
  const { client, customer } = await call();
  client.audio(20);
  await until(() => customer.heard.length > 0);
  customer.atFlush = () => customer.says("goodbye");
  const drained = server.drain();
  expect((await client.next("disconnect")).parameters).toMatchObject({ reason: "completed" });
  await client.close("disconnect");
  await drained;
  expect(sink.lines.slice(1)).toEqual(["customer: goodbye", "ended completed"]);
});

test("a client that ignores the goodbye does not hold up the drain", async () => {
  const { call, server, sink } = await runningServer({ timings: { drainMs: 10, goodbyeMs: 30 } });
  await call();
  await server.drain();
  expect(sink.lines.at(-1)).toBe("ended completed");
});

test("results still refused when time is up are counted as lost", async () => {
  const { call, server, sink } = await runningServer({ timings: { drainMs: 10, deliveryMs: 30 } });
  sink.refusals = Number.POSITIVE_INFINITY;
  const { client, customer } = await call();
  customer.says("nobody hears this");
  await client.close();
  expect(server.health().waitingResults).toBe(3);
  await server.drain();
  expect(server.health()).toMatchObject({ waitingResults: 0, lostResults: 3 });
});
