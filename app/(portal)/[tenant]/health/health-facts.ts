import { cache } from "react";
import { readHeartbeats } from "#/lib/health/heartbeat.ts";
import { orElse, probeDependencies } from "#/lib/health/probe-dependencies.ts";
import { readProcessHistory } from "#/lib/health/process-history.ts";
import { type HealthFacts, type Problem, rankProblems } from "#/lib/health/rank-problems.ts";
import { type QueueHealth, readBacklog, readQueues } from "#/lib/health/read-backlog.ts";
import { readConnectionsHealth } from "#/lib/health/read-connections.ts";
import { readServiceUse } from "#/lib/health/read-model-use.ts";
import { bareProcess, type ProcessHealth, summarizeProcesses } from "#/lib/health/read-processes.ts";
import { readTrouble } from "#/lib/health/read-trouble.ts";
import { rememberFor } from "#/lib/health/remember-for.ts";
import { readSubscriptionStates } from "#/lib/health/subscription-states.ts";
import { readPresence } from "#/lib/realtime/presence.ts";
import { database } from "#/lib/web/database.ts";
import { producers } from "#/lib/web/producers.ts";
import { redis } from "#/lib/web/redis.ts";
import { webEnv } from "#/lib/web/web-env.ts";

/** The shell asks with every page; what a model was last used for changes slowly. */
const SERVICES_KEPT_MS = 10_000;

export type Health = HealthFacts & { queues: QueueHealth[]; problems: Problem[]; readAt: string };

/** How the service does as this tenant may know it, read once a request; the shell and the page share it. */
export const readHealth = cache(async (tenantId: string): Promise<Health> => {
  const [dependencies, processes, services, connections, backlog, trouble, queues] = await Promise.all([
    probeDependencies(database(), redis()),
    readProcesses(),
    rememberFor(
      SERVICES_KEPT_MS,
      `services:${tenantId}`,
      () => readServiceUse(database(), tenantId),
      Date.now(),
    ),
    readConnectionsHealth(database(), tenantId),
    orElse(readBacklog(database()), undefined),
    readTrouble(database(), tenantId),
    orElse(readQueues(producers()), []),
  ]);
  const ids = connections.map(({ id }) => id);
  const subscriptions = await orElse(readSubscriptionStates(redis(), ids), new Map());
  const nowMs = Date.now();
  const facts = { dependencies, processes, services, connections, subscriptions, backlog, trouble };
  return { ...facts, queues, problems: rankProblems(facts, nowMs), readAt: new Date(nowMs).toISOString() };
});

async function readProcesses(): Promise<ProcessHealth[]> {
  const nowMs = Date.now();
  const [heartbeats, presence, sandbox, history] = await Promise.all([
    orElse(readHeartbeats(redis()), undefined),
    orElse(readPresence(redis(), nowMs), undefined),
    probeSandbox(),
    orElse(readProcessHistory(database()), new Map()),
  ]);
  const [web, beating, audiohook, ingest, jobs, subscriptions] = summarizeProcesses(
    ["web", "realtime", "audiohook", "ingest", "jobs", "subscriptions"],
    heartbeats,
    nowMs,
  );
  const realtime = realtimeOf(beating, presence);
  return (
    [web, realtime, audiohook, ingest, jobs, subscriptions, sandbox]
      .filter((each) => each !== undefined)
      // A heartbeat vanishes after a minute; since when a process is gone is remembered longer.
      .map((each) => ({ ...each, lastBeatAt: each.lastBeatAt ?? history.get(each.name)?.lastUpAt }))
  );
}

/** Realtime nodes tell their presence; one that also beats its heart knows more of itself. */
function realtimeOf(
  beating: ProcessHealth | undefined,
  presence: { widgets: number; nodes: number } | undefined,
): ProcessHealth {
  if (!presence) return bareProcess("realtime", "unknown");
  if (presence.nodes === 0) return beating ?? bareProcess("realtime", "absent");
  const known = beating?.state === "running" ? beating : bareProcess("realtime", "running", presence.nodes);
  return { ...known, figures: { ...known.figures, widgets: presence.widgets } };
}

/** The sandbox shares nothing with us, no Redis either: it is asked over the wire, where there is one. */
async function probeSandbox(): Promise<ProcessHealth | undefined> {
  const { SANDBOX, SANDBOX_URL } = webEnv();
  if (SANDBOX !== "on") return undefined;
  const answers = await orElse(
    fetch(new URL("/healthz", SANDBOX_URL), { cache: "no-store" }).then((response) => response.ok),
    false,
  );
  return answers ? bareProcess("sandbox", "running", 1) : bareProcess("sandbox", "absent");
}
