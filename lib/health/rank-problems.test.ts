import { expect, test } from "vitest";
import { type HealthFacts, rankProblems } from "./rank-problems.ts";
import { bareProcess } from "./read-processes.ts";

const NOW = Date.UTC(2026, 0, 1, 12);
const none = { count: 0, since: undefined };

function facts(changes: Partial<HealthFacts> = {}): HealthFacts {
  return {
    dependencies: [
      { name: "postgres", ok: true, ms: 1, downSince: undefined },
      { name: "redis", ok: true, ms: 1, downSince: undefined },
    ],
    processes: ["web", "realtime", "audiohook", "jobs", "subscriptions"].map((name) =>
      bareProcess(name, "running", 1),
    ),
    connections: [],
    backlog: {
      deliveries: { count: 0, oldestAt: undefined },
      events: { count: 0, oldestAt: undefined },
    },
    trouble: { deadEvents: none, deadDeliveries: none, failedDocuments: none },
    ...changes,
  };
}

const titles = (changes: Partial<HealthFacts>) => rankProblems(facts(changes), NOW).map(({ title }) => title);

test("nothing is wrong when everything runs", () => {
  expect(rankProblems(facts(), NOW)).toEqual([]);
});

test("what stops everyone stands before what stops some", () => {
  expect(
    titles({
      processes: [bareProcess("sandbox", "absent"), bareProcess("jobs", "silent")],
      dependencies: [{ name: "redis", ok: false, ms: undefined, downSince: undefined }],
      trouble: { deadEvents: { count: 1, since: undefined }, deadDeliveries: none, failedDocuments: none },
    }),
  ).toEqual([
    "Redis does not answer",
    "The jobs process went silent",
    "No sandbox process runs",
    "1 event failed for good",
  ]);
});

test("of a process whose state nobody knows nothing is claimed", () => {
  expect(titles({ processes: [bareProcess("jobs", "unknown")] })).toEqual([]);
});

test("work is late only once it has waited for a while", () => {
  const waitingFor = (ms: number) => ({
    deliveries: { count: 0, oldestAt: undefined },
    events: { count: 3, oldestAt: new Date(NOW - ms).toISOString() },
  });
  expect(titles({ backlog: waitingFor(5_000) })).toEqual([]);
  expect(titles({ backlog: waitingFor(60_000) })).toEqual(["3 pieces of work wait"]);
});

test("a connection is called out for its rate of failures, not for one of them", () => {
  const connection = {
    id: "c",
    name: "Genesys",
    platform: "genesys" as const,
    active: true,
    lastEventAt: undefined,
    eventsPerMinute: 1,
    waiting: 0,
    oldestWaitingAt: undefined,
    liveConversations: 0,
    lagMs: undefined,
    parked: 0,
  };
  expect(titles({ connections: [{ ...connection, events: 100, failed: 1 }] })).toEqual([]);
  expect(titles({ connections: [{ ...connection, events: 100, failed: 10 }] })).toEqual([
    "10 % of what Genesys sent in the last hour failed",
  ]);
  expect(titles({ connections: [{ ...connection, events: 100, failed: 10, active: false }] })).toEqual([]);
});

const CONNECTION = {
  id: "c-1",
  name: "Larkfield",
  platform: "genesys",
  active: true,
  lastEventAt: undefined,
  eventsPerMinute: 0,
  events: 0,
  failed: 0,
  parked: 0,
  waiting: 0,
  oldestWaitingAt: undefined,
  liveConversations: 0,
  lagMs: undefined,
} as const;

const held = (state: "connecting" | "live" | "waiting", seconds: number) => ({
  connections: [CONNECTION],
  subscriptions: new Map([
    [
      "c-1",
      {
        state,
        since: NOW - seconds * 1_000,
        detail: "The client is disabled.",
        reconnects: 2,
        fence: 1,
        at: NOW,
      },
    ],
  ]),
});

test("a stream that is not live for long is a problem with its reason, and a short break is none", () => {
  expect(titles(held("waiting", 20))).toEqual([]);
  expect(titles(held("live", 3_600))).toEqual([]);
  expect(rankProblems(facts(held("waiting", 300)), NOW)).toMatchObject([
    {
      severity: "warn",
      title: "The stream of Larkfield waits",
      since: new Date(NOW - 300_000).toISOString(),
      action: expect.stringContaining("The client is disabled."),
      path: "/integrations/c-1",
    },
  ]);
  expect(titles(held("connecting", 300))).toEqual(["The stream of Larkfield waits"]);
  expect(titles({ ...held("waiting", 300), connections: [{ ...CONNECTION, active: false }] })).toEqual([]);
});
