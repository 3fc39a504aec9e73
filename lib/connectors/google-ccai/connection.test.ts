import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CheckStep } from "../connector.ts";
import { credentials } from "./credentials.ts";
import { disconnect, ownSubscription } from "./subscription.ts";
import { type GoogleWorld, googleWorld } from "./testing/google-world.ts";

let world: GoogleWorld;
beforeEach(async () => {
  world = await googleWorld({ insightsUpload: true });
});
afterEach(() => world.close());

const failedOf = (steps: readonly CheckStep[]) => steps.filter(({ outcome }) => outcome === "failed");
const step = (steps: readonly CheckStep[], name: string) => steps.find((one) => one.name === name);

test("with everything in place each step passes, and the last one waits for a real event", async () => {
  const steps = await world.check();
  expect(failedOf(steps)).toEqual([]);
  expect(steps.at(-1)).toMatchObject({ name: "First real event", outcome: "waiting" });
  expect(world.values).toMatchObject({
    subscriptionName: ownSubscription(world.own(), world.access.connectionId),
    pushEndpoint: `${world.door.url}/ingest/google-ccai/public-1`,
    pushAudience: `${world.door.url}/ingest/google-ccai/public-1`,
    platformQueues: [{ id: "billing-desk", name: "Billing desk" }, expect.anything()],
  });
});

test("the subscription never expires, retries with backoff, and is signed for this connection alone", async () => {
  await world.check();
  expect(world.pubsub.list()[0]).toMatchObject({
    expirationPolicy: {},
    retryPolicy: { minimumBackoff: "1s", maximumBackoff: "60s" },
    pushConfig: { oidcToken: { serviceAccountEmail: world.project.serviceAccount.email } },
  });
});

test("testing again keeps the subscription, and a moved server corrects its address", async () => {
  await world.check();
  expect(step(await world.check(), "Subscription")).toMatchObject({
    detail: expect.stringContaining("found, push"),
  });
  world.pubsub.modifyPush(world.values.subscriptionName as string, { pushEndpoint: "https://old.example" });
  expect(step(await world.check(), "Subscription")).toMatchObject({
    detail: expect.stringContaining("corrected"),
  });
  expect(world.pubsub.list()).toHaveLength(1);
});

test("a topic that the admin has changed is followed by the product's own subscription", async () => {
  await world.check();
  const topic = `projects/${world.project.id}/topics/another`;
  world.pubsub.createTopic(topic);
  world.values.topic = "another";
  expect(step(await world.check(), "Subscription")).toMatchObject({ outcome: "passed" });
  expect(world.pubsub.list()).toEqual([expect.objectContaining({ topic })]);
});

test("disconnecting removes what the product made, as often as one likes", async () => {
  await world.check();
  const signal = AbortSignal.timeout(5_000);
  await disconnect(world.own(), world.access, signal);
  expect(world.pubsub.list()).toEqual([]);
  await disconnect(world.own(), world.access, signal);
});

test("an administrator's own subscription is never changed nor removed", async () => {
  const name = `projects/${world.project.id}/subscriptions/by-hand`;
  world.pubsub.create({ name, topic: world.project.topic, pushConfig: {}, ackDeadlineSeconds: 10 });
  world.values.subscription = "by-hand";
  expect(step(await world.check(), "Subscription")).toMatchObject({
    outcome: "failed",
    reason: "The subscription is a pull subscription.",
  });
  world.values.ingestMode = "pull";
  expect(step(await world.check(), "Subscription")).toMatchObject({ outcome: "passed" });
  await disconnect(world.own(), world.access, AbortSignal.timeout(5_000));
  expect(world.pubsub.list()).toHaveLength(1);
});

test.each([
  ["pubsub.topics.attachSubscription", "Topic"],
  ["pubsub.subscriptions.create", "Subscription"],
  ["dialogflow.agents.get", "Dialogflow CX agent"],
  ["dialogflow.conversationProfiles.list", "Conversation profiles"],
  ["contactcenterinsights.conversations.list", "CCAI Insights"],
])("without %s the step %s fails and names it", async (permission, name) => {
  world.project.permissions.delete(permission);
  const steps = await world.check();
  expect(failedOf(steps)).toHaveLength(1);
  expect(step(steps, name)).toMatchObject({
    outcome: "failed",
    reason: expect.stringContaining(permission),
    remedy: expect.stringContaining(world.project.serviceAccount.email),
  });
});

test("an API that is not enabled is named", async () => {
  world.project.disabledApis.add("contactcenterinsights.googleapis.com");
  expect(step(await world.check(), "CCAI Insights")).toMatchObject({
    outcome: "failed",
    remedy: expect.stringContaining("enable contactcenterinsights.googleapis.com"),
  });
});

test("a profile that publishes in the PROTO format is called out", async () => {
  for (const profile of world.center.profiles) profile.messageFormat = "PROTO";
  expect(step(await world.check(), "Conversation profiles")).toMatchObject({
    outcome: "failed",
    reason: expect.stringContaining("Billing desk (new messages)"),
  });
});

test("a key that Google does not know ends the test after its first step", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" });
  world.values.serviceAccountKey = JSON.stringify({
    ...JSON.parse(world.keyFile),
    private_key: pem,
    private_key_id: "another",
  });
  const steps = await world.check();
  expect(steps[0]).toMatchObject({ outcome: "failed", reason: expect.stringContaining("another") });
  expect(steps.slice(1, 5).map(({ outcome }) => outcome)).toEqual(Array(4).fill("not-tried"));
});

test.each([
  ["another type", { type: "external_account" }, "service_account"],
  ["authorized_user", { type: "authorized_user" }, "service_account"],
  ["a strange address", { client_email: "me@example.com" }, "no service account"],
  ["another cloud", { universe_domain: "evil.example" }, "another cloud"],
  ["a broken key", { private_key: "-----BEGIN PRIVATE KEY-----\nMIIB" }, "cannot be read"],
])("a key file of %s is refused in the form", (_what, change, words) => {
  const file = JSON.stringify({ ...JSON.parse(world.keyFile), ...change });
  const parsed = credentials.safeParse({ ...world.values, serviceAccountKey: file });
  expect(parsed.error?.issues[0]).toMatchObject({ path: ["serviceAccountKey"] });
  expect(parsed.error?.issues[0]?.message).toContain(words);
});

test("the key's own token_uri is never followed", async () => {
  const file = { ...JSON.parse(world.keyFile), token_uri: "http://127.0.0.1:9/steal" };
  world.values.serviceAccountKey = JSON.stringify(file);
  expect((await world.check())[0]).toMatchObject({ name: "Service account", outcome: "passed" });
});
