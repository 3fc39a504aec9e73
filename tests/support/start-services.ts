import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "#/scripts/migrate.ts";
import { createLogView } from "#/scripts/stack/log-view.ts";
import { keepRunning, type ManagedProcess } from "#/scripts/stack/managed-process.ts";
import { freePorts } from "#/scripts/stack/ports.ts";
import { createCluster, ensureDatabase, ownerUrl, postgresPlan } from "#/scripts/stack/postgres.ts";
import { livingProcess, recordProcess, stopLeftovers } from "#/scripts/stack/process-record.ts";
import { ensureRedisProgram, redisPlan, redisUrl } from "#/scripts/stack/redis.ts";
import { ROOT } from "#/scripts/stack/settings.ts";
import { appUrlOf, TEMPLATE_DATABASE, type TestServices } from "./test-services.ts";

const PASSWORD = "for-tests-only";
const STOP_GRACE_MS = 3_000;
const PARENT = join(ROOT, ".omnibots-test-servers");

/** One Postgres and one Redis for the whole run, in a folder of this run's own, gone afterwards. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepKilledRuns();
  const folder = join(PARENT, String(process.pid));
  recordProcess(folder, "supervisor", process.pid);
  const runDir = join(folder, "run");
  const around = { runDir, cwd: ROOT, logs: createLogView(join(folder, "logs"), ["postgres", "redis"]) };
  const [postgresPort = 0, redisPort = 0] = await freePorts(2);
  const postgres = {
    folder: join(folder, "postgres"),
    port: postgresPort,
    password: PASSWORD,
    durable: false,
  };
  const redis = { folder: join(folder, "redis"), port: redisPort, password: PASSWORD };

  await createCluster(postgres);
  const running: ManagedProcess[] = [
    keepRunning(postgresPlan(postgres), around),
    keepRunning(redisPlan(ensureRedisProgram().program, redis), around),
  ];
  await Promise.all(running.map(({ ready }) => ready));

  await ensureDatabase(postgres, TEMPLATE_DATABASE);
  const services: TestServices = {
    ownerUrl: ownerUrl(postgres, TEMPLATE_DATABASE),
    appUser: "test_app",
    appPassword: PASSWORD,
    redisUrl: redisUrl(redis),
  };
  await migrate({ ownerUrl: services.ownerUrl, appUrl: appUrlOf(services, TEMPLATE_DATABASE) });
  project.provide("services", services);

  return async () => {
    await Promise.all(running.map((server) => server.stop(STOP_GRACE_MS)));
    rmSync(folder, { recursive: true, force: true });
  };
}

async function sweepKilledRuns(): Promise<void> {
  for (const name of readFolder(PARENT)) {
    const folder = join(PARENT, name);
    if (livingProcess(folder, "supervisor")) continue;
    await stopLeftovers(join(folder, "run"), STOP_GRACE_MS);
    rmSync(folder, { recursive: true, force: true });
  }
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
