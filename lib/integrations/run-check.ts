import { eq } from "drizzle-orm";
import * as z from "zod";
import { connections } from "#/drizzle/schema/connections.ts";
import type { CheckStep } from "#/lib/connectors/connector.ts";
import { connectorOf } from "#/lib/connectors/registry.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { valuesOf } from "./connection-values.ts";
import type { IntegrationDeps } from "./create-connection.ts";
import { type Connection, readConnection } from "./find-connection.ts";
import { keepCheck } from "./keep-check.ts";
import { saveQueues } from "./save-queues.ts";
import { type ServerNetwork, serverAccess } from "./server-access.ts";

export type RunCheckDeps = IntegrationDeps & {
  network: ServerNetwork;
  audiohookUrl: string;
  ingestUrl?: string;
  now: () => number;
};

type Place = {
  tenantId: string;
  connectionId: string;
  /** Who runs it; undefined where nobody does. */
  userId?: string;
  /** Stops after the step of this name: a set-up step asks for its own proof alone. */
  until?: string;
};

/** Runs a connection's test, yields each step as it ends, and keeps what came of it, also where it is broken off. */
export async function* runCheck(
  deps: RunCheckDeps,
  place: Place,
  signal: AbortSignal,
): AsyncIterable<CheckStep> {
  const connection = await readConnection(deps.db, place.tenantId, place.connectionId);
  if (!connection) throw new AppError("not_found", "This connection does not exist any more.");
  const began = deps.now();
  const steps: CheckStep[] = [];
  let whole = false;
  try {
    for await (const step of stepsOf(deps, connection, signal)) {
      steps.push(step);
      yield step;
      if (step.name === place.until) break;
    }
    whole = true;
  } finally {
    const run = { steps, whole: whole && !signal.aborted, part: place.until !== undefined };
    const { userId } = place;
    await keepCheck(deps.db, connection, { ...run, began, ended: deps.now(), userId });
  }
}

async function* stepsOf(
  deps: RunCheckDeps,
  connection: Connection,
  signal: AbortSignal,
): AsyncIterable<CheckStep> {
  const connector = connectorOf(connection.platform);
  const credentials = connector.credentials.safeParse(valuesOf(connection, deps.ring));
  if (!connection.active) yield PAUSED;
  if (!credentials.success) return yield incomplete(credentials.error);
  const context = {
    access: serverAccess(deps.network, connection.id),
    learn: (facts: Record<string, unknown>) => learnFacts(deps, connection, facts),
    audiohookUrl: deps.audiohookUrl,
    ingestUrl: deps.ingestUrl,
    publicId: connection.publicId,
    lastEventAt: connection.lastEventAt ?? undefined,
    now: deps.now,
  };
  yield* connector.check(credentials.data, context, signal);
}

const PAUSED: CheckStep = {
  name: "State",
  outcome: "failed",
  ms: 0,
  reason: "The connection is paused, so it lets nothing in.",
  remedy: "Resume it on the Danger tab, then test again.",
};

function incomplete({ issues }: z.ZodError): CheckStep {
  const about = issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  return {
    name: "Credentials",
    outcome: "failed",
    ms: 0,
    reason: about.join(" "),
    remedy: "Fill in what is missing under Set up > Settings, then test again.",
  };
}

/**
 * `platformQueues` is the platform's list of queues and goes where lists are kept; all else is a setting. Under the
 * row's lock, so that a form that is saved meanwhile keeps what it wrote.
 */
function learnFacts(
  { db, now }: RunCheckDeps,
  { id, tenantId }: Connection,
  { platformQueues, ...facts }: Record<string, unknown>,
): Promise<void> {
  return withTenant(db, tenantId, async (tx) => {
    const own = eq(connections.id, id);
    const [row] = await tx
      .select({ settings: connections.settings })
      .from(connections)
      .where(own)
      .for("update");
    if (!row) return;
    await tx
      .update(connections)
      .set({ settings: { ...row.settings, ...facts } })
      .where(own);
    const queues = queueList.safeParse(platformQueues);
    if (queues.success) await saveQueues(tx, { tenantId, connectionId: id }, queues.data, now());
  });
}

const queueList = z.array(z.object({ id: z.string(), name: z.string() }));
