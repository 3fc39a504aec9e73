import type { connections } from "#/drizzle/schema/connections.ts";
import { manifestOf } from "#/lib/connectors/catalog.ts";
import type { Database } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Actor } from "#/lib/tenancy/audit.ts";
import { changeConnection } from "./change-connection.ts";

type SetupStep = { connectionId: string; step: string; done: boolean };

/** Ticks a set-up step off, or takes the tick back. It is the connection's, so colleagues see how far it has come. */
export function saveSetupStep(
  db: Database,
  actor: Actor,
  { connectionId, step, done }: SetupStep,
  now: () => Date = () => new Date(),
): Promise<void> {
  return changeConnection(db, actor, connectionId, ({ platform, setup }) => {
    if (!manifestOf(platform).setupSteps.some(({ id }) => id === step))
      throw new AppError("not_found", "This step does not exist.");
    const { [step]: _former, ...others } = setup;
    const ticked: typeof connections.$inferSelect.setup = done
      ? { ...others, [step]: { at: now().toISOString(), userId: actor.userId } }
      : others;
    return {
      action: done ? "connection.step-done" : "connection.step-open",
      set: { setup: ticked },
      detail: { step },
    };
  });
}
