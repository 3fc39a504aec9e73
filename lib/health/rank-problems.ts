import type { DependencyHealth } from "./probe-dependencies.ts";
import type { Backlog } from "./read-backlog.ts";
import type { ConnectionHealth } from "./read-connections.ts";
import type { ServiceUse } from "./read-model-use.ts";
import type { ProcessHealth } from "./read-processes.ts";
import type { Trouble } from "./read-trouble.ts";
import type { HeldSubscription } from "./subscription-states.ts";

/** Something that needs a person: what, since when, whom it affects and what to do. */
export type Problem = {
  id: string;
  severity: "error" | "warn";
  title: string;
  since: string | undefined;
  affects: string;
  action: string;
  /** A page of this tenant that helps, without its slug. */
  path: string | undefined;
};

export type HealthFacts = {
  dependencies: readonly DependencyHealth[];
  processes: readonly ProcessHealth[];
  connections: readonly ConnectionHealth[];
  /** Of connections whose stream one of our processes holds, by connection id. */
  subscriptions?: ReadonlyMap<string, HeldSubscription>;
  backlog: Backlog | undefined;
  trouble: Trouble;
  /** The tenant's language models and speech services. */
  services?: readonly ServiceUse[];
};

const OLD_BACKLOG_MS = 30_000;
/** A reconnect takes seconds; what lasts longer than this does not mend itself soon. */
const LONG_WITHOUT_STREAM_MS = 60_000;
const BAD_ERROR_RATE = 0.05;
const LEAST_EVENTS_FOR_A_RATE = 20;

/** What is wrong now, the worst first: what stops everyone before what stops some, then the longest lasting. */
export function rankProblems(facts: HealthFacts, nowMs: number): Problem[] {
  const problems = [
    ...dependencyProblems(facts),
    ...processProblems(facts),
    ...backlogProblems(facts, nowMs),
    ...(facts.services ?? []).flatMap(serviceProblem),
    ...facts.connections.flatMap(connectionProblem),
    ...facts.connections.flatMap((connection) =>
      streamProblem(connection, facts.subscriptions?.get(connection.id), nowMs),
    ),
    ...troubleProblems(facts.trouble),
  ];
  const weight = { error: 0, warn: 1 } as const;
  return problems
    .map((problem, place) => ({ problem, place }))
    .sort(
      (one, other) =>
        weight[one.problem.severity] - weight[other.problem.severity] || one.place - other.place,
    )
    .map(({ problem }) => problem);
}

const DEPENDENCIES = {
  postgres: {
    title: "Postgres does not answer",
    affects: "Everything: no call and no message can be accepted.",
    action: "See that the database runs and that APP_DATABASE_URL is right.",
  },
  redis: {
    title: "Redis does not answer",
    affects: "Widgets get nothing live, and process states are unknown. Accepted work is safe in Postgres.",
    action: "See that Redis runs and that REDIS_URL is right. Nothing needs to be restored.",
  },
} as const;

function dependencyProblems({ dependencies }: HealthFacts): Problem[] {
  return dependencies
    .filter(({ ok }) => !ok)
    .map(({ name, downSince }) => ({
      id: name,
      severity: "error",
      since: downSince,
      path: undefined,
      ...DEPENDENCIES[name],
    }));
}

type ProcessWords = { severity: Problem["severity"]; affects: string };

const PROCESSES: Record<string, ProcessWords> = {
  jobs: {
    severity: "error",
    affects: "All conversations: what comes in is stored and waits, no cards are made.",
  },
  realtime: {
    severity: "error",
    affects: "All agents: widgets cannot connect, chat messages cannot come in.",
  },
  audiohook: { severity: "error", affects: "All calls: no platform can stream audio to us." },
  ingest: {
    severity: "error",
    affects: "Platforms that push: their events are refused and sent again for as long as they try.",
  },
  subscriptions: {
    severity: "error",
    affects: "Platforms whose streams we read: their messages come in late, or by open widgets only.",
  },
  web: {
    severity: "warn",
    affects: "Nobody yet: this page came from a web process that has not beaten its heart.",
  },
  sandbox: { severity: "warn", affects: "Demonstrations only: no demo call or chat can be started." },
};

function processProblems({ processes }: HealthFacts): Problem[] {
  return processes
    .filter(({ state }) => state === "silent" || state === "absent")
    .map(({ name, state, lastBeatAt }) => ({
      id: `process:${name}`,
      severity: PROCESSES[name]?.severity ?? "warn",
      title: state === "silent" ? `The ${name} process went silent` : `No ${name} process runs`,
      since: lastBeatAt,
      affects: PROCESSES[name]?.affects ?? "",
      action: `Look at the log of the ${name} process for why it stopped, and start it again.`,
      path: undefined,
    }));
}

function backlogProblems({ backlog }: HealthFacts, nowMs: number): Problem[] {
  if (!backlog) return [];
  const oldest = [backlog.deliveries.oldestAt, backlog.events.oldestAt].flatMap((at) => at ?? []).sort()[0];
  if (!oldest || nowMs - Date.parse(oldest) < OLD_BACKLOG_MS) return [];
  const waiting = backlog.deliveries.count + backlog.events.count;
  return [
    {
      id: "backlog",
      severity: "warn",
      title: waiting === 1 ? "1 piece of work waits" : `${waiting} pieces of work wait`,
      since: oldest,
      affects: "Their conversations: transcript lines or cards come late.",
      action: "If the number grows, start more jobs processes; if it stands, look at what is retried.",
      path: "/events?state=pending",
    },
  ];
}

function serviceProblem({ id, name, failing, failingSince }: ServiceUse): Problem[] {
  if (!failing) return [];
  return [
    {
      id: `service:${id}`,
      severity: "warn",
      title: `The model ${name} gives no answers`,
      since: failingSince,
      affects: "Queues that use it: agents get sources without a drafted answer.",
      action: "Test it under Models: the test says whether the key, the address or the model is refused.",
      path: "/models",
    },
  ];
}

function connectionProblem(connection: ConnectionHealth): Problem[] {
  const { events, failed } = connection;
  if (!connection.active || events < LEAST_EVENTS_FOR_A_RATE || failed / events < BAD_ERROR_RATE) return [];
  return [
    {
      id: `connection:${connection.id}`,
      severity: "warn",
      title: `${Math.round((failed / events) * 100)} % of what ${connection.name} sent in the last hour failed`,
      since: undefined,
      affects: `Conversations of ${connection.name}.`,
      action: "Open the failed events: their reason says whether the platform or we must change something.",
      path: `/events?errors=only&connection=${connection.id}`,
    },
  ];
}

function streamProblem(
  { id, name, active }: ConnectionHealth,
  held: HeldSubscription | undefined,
  nowMs: number,
): Problem[] {
  if (!active || !held || held.state === "live") return [];
  const since = held.since ?? nowMs;
  if (nowMs - since < LONG_WITHOUT_STREAM_MS) return [];
  const reason = held.detail ? `${held.detail} ` : "";
  return [
    {
      id: `stream:${id}`,
      severity: "warn",
      title: `The stream of ${name} waits`,
      since: new Date(since).toISOString(),
      affects: `Conversations of ${name}: what the platform sends comes late, or by open widgets only.`,
      action: `${reason}We go on trying. If it stays, run the connection's test: it says what is missing.`,
      path: `/integrations/${id}`,
    },
  ];
}

function troubleProblems({ deadEvents, deadDeliveries, failedDocuments }: Trouble): Problem[] {
  return [
    {
      id: "dead-events",
      counted: deadEvents,
      title: plural(deadEvents.count, "event failed for good", "events failed for good"),
      affects: "Their conversations: the transcript is whole, a card may be missing.",
      action: "Open them, mend the cause, and replay them.",
      path: "/events?state=dead",
    },
    {
      id: "dead-deliveries",
      counted: deadDeliveries,
      title: plural(deadDeliveries.count, "delivery could not be read", "deliveries could not be read"),
      affects: "Their conversations lack what these deliveries said.",
      action: "Open them for the reason; replay them once they can be read.",
      path: "/events?type=delivery",
    },
    {
      id: "failed-documents",
      counted: failedDocuments,
      title: plural(failedDocuments.count, "document could not be read", "documents could not be read"),
      affects: "Questions that only these documents answer get no card.",
      action: "Open Knowledge for the cause of each, then try again.",
      path: "/knowledge",
    },
  ]
    .filter(({ counted }) => counted.count > 0)
    .map(({ counted, ...problem }) => ({ ...problem, severity: "warn", since: counted.since }));
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
