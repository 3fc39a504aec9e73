import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { googleClient } from "#/lib/connectors/google-ccai/api/google-client.ts";
import { type GoogleWorld, googleWorld } from "#/lib/connectors/google-ccai/testing/google-world.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { createLog } from "#/lib/kernel/log.ts";
import { type Accept, createAcceptor } from "#/lib/pipeline/accept-delivery.ts";
import type { Delivery } from "#/lib/pipeline/delivery.ts";
import type { PubSubApi } from "#/lib/pubsub/pubsub-api.ts";
import { DEMO_PROJECT } from "#/sandbox/google-ccai/people.ts";
import { aConnection, type TestConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { createTranscriptPublisher } from "./publish-transcripts.ts";
import { takeTranscripts } from "./take-transcripts.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
const TOPIC = `projects/${DEMO_PROJECT}/topics/transcripts`;
const SUBSCRIPTION = `projects/${DEMO_PROJECT}/subscriptions/transcripts-taken`;
const WAIT = { timeout: 15_000, interval: 50 };

let world: GoogleWorld;
let api: PubSubApi;
let place: TestConnection;
let taken: string[];
let refuse: (delivery: Delivery) => boolean;
const stops: (() => Promise<void>)[] = [];

beforeEach(async () => {
  world = await googleWorld();
  world.pubsub.createTopic(TOPIC);
  api = googleClient(world.own(), world.access).pubsub;
  place = await aConnection(owner.db);
  [taken, refuse] = [[], () => false];
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await world.close();
});
afterAll(() => Promise.all([owner.close(), app.close()]));

const store = createAcceptor(app.db, { announce: () => {} });
const accept: Accept = async (delivery) => {
  if (refuse(delivery)) throw new AppError("upstream_unavailable", "Postgres is away.");
  await store(delivery);
  taken.push(delivery.messageId);
};

async function aTaker(): Promise<void> {
  const over = new AbortController();
  const done = takeTranscripts(
    {
      api,
      topic: TOPIC,
      subscription: SUBSCRIPTION,
      accept,
      log: createLog("test", "silent"),
      report: () => {},
      now: Date.now,
      wait: (ms, signal) => sleep(Math.min(ms, 20), undefined, { signal }),
    },
    over.signal,
  );
  stops.push(() => {
    over.abort();
    return done;
  });
  await vi.waitFor(() => expect(world.pubsub.list().map(({ name }) => name)).toContain(SUBSCRIPTION), WAIT);
}

const said = (conversationId: string, n: number): Delivery => ({
  tenantId: place.tenantId,
  connectionId: place.connectionId,
  door: "audiohook",
  messageId: `audiohook:${conversationId}:utterance:${String(n).padStart(3, "0")}`,
  payload: { kind: "utterance", conversationId, text: `Line ${n}` },
  receivedAt: Date.now(),
});
const stored = () =>
  withTenant(app.db, place.tenantId, (tx) =>
    tx.select().from(deliveries).where(eq(deliveries.connectionId, place.connectionId)),
  );
const idle = () => vi.waitFor(() => expect(world.pubsub.backlog(SUBSCRIPTION)).toBe(0), WAIT);
const of = (conversationId: string) => taken.filter((id) => id.includes(`:${conversationId}:`));

test("what is said in calls reaches the pipeline over the topic, each conversation in its order", async () => {
  await aTaker();
  const publish = createTranscriptPublisher(api, TOPIC);
  const all = Array.from({ length: 40 }, (_, n) => [said("one", n), said("two", n)]).flat();
  await Promise.all(all.map(publish));
  await idle();
  expect(await stored()).toHaveLength(80);
  for (const conversation of ["one", "two"]) expect(of(conversation)).toEqual(of(conversation).toSorted());
  expect(world.pubsub.get(SUBSCRIPTION)).toMatchObject({ enableMessageOrdering: true });
});

test("redelivery and a publisher that repeats itself leave each sentence once", async () => {
  await aTaker();
  const publish = createTranscriptPublisher(api, TOPIC);
  world.faults.delivery({ duplicate: 0.4 });
  for (let n = 0; n < 20; n += 1) {
    await publish(said("one", n));
    await publish(said("one", n));
  }
  world.faults.clear();
  await idle();
  expect(taken.length).toBeGreaterThan(20);
  expect(await stored()).toHaveLength(20);
});

test("behind a sentence that could not be stored its conversation waits, and the others go on", async () => {
  await aTaker();
  const publish = createTranscriptPublisher(api, TOPIC);
  let failures = 3;
  refuse = ({ messageId }) => messageId.endsWith("one:utterance:001") && failures-- > 0;
  await Promise.all([0, 1, 2, 3].flatMap((n) => [publish(said("one", n)), publish(said("two", n))]));
  await idle();
  expect(failures).toBeLessThan(0);
  expect([...new Set(of("one"))]).toEqual(
    of("one")
      .toSorted()
      .filter((id, at, ids) => ids.indexOf(id) === at),
  );
  expect(await stored()).toHaveLength(8);
});

test("what is no delivery of ours, or of a connection that has gone, is passed over and holds nothing up", async () => {
  await aTaker();
  const publish = createTranscriptPublisher(api, TOPIC);
  const gone = { ...said("one", 0), connectionId: "0b5f6f39-8a5e-4a54-9c0b-0d2f8d6f3a99" };
  world.pubsub.publish(TOPIC, [{ data: Buffer.from("not ours").toString("base64") }]);
  await publish(gone);
  await publish(said("one", 1));
  await idle();
  expect(await stored()).toHaveLength(1);
});

test("a topic that takes nothing is told as trouble that passes, so that the door keeps what it has heard", async () => {
  const publish = createTranscriptPublisher(api, `projects/${DEMO_PROJECT}/topics/nowhere`);
  await expect(publish(said("one", 0))).rejects.toMatchObject({ code: "upstream_unavailable" });
});
