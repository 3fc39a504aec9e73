import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { buildIsCurrent, buildPortal } from "./build.ts";
import { createLogView, type LogView } from "./log-view.ts";
import { keepRunning, type ManagedProcess, type ProcessPlan } from "./managed-process.ts";
import { checkPorts } from "./ports.ts";
import { answers, createCluster, ensureDatabase, ownerUrl, postgresPlan } from "./postgres.ts";
import { portalUrl, processPlans, sharedEnv, type Urls, wantedPorts } from "./process-plans.ts";
import { forgetProcess, livingProcess, recordProcess, stopLeftovers } from "./process-record.ts";
import { ensureRedisProgram, redisAnswers, redisPlan, redisUrl } from "./redis.ts";
import { SetupError, step } from "./report.ts";
import { runToEnd } from "./run-to-end.ts";
import { ensureSecrets, type Secrets, secretsFile } from "./secrets.ts";
import { type Env, ROOT, type Settings } from "./settings.ts";

const DATABASE = "omnibots";
const DEMO_EMAIL = "demo@omnibots.example";
/** Calls get 30 s to end and their goodbye; the audiohook process drains for up to a minute. */
const DRAIN_GRACE_MS = 68_000;
const SERVER_GRACE_MS = 5_000;

export type Stack = {
  urls: Urls;
  portal: string;
  demo: { email: string; password: string };
  secrets: Secrets;
  logs: LogView;
  /** Everything in order: the processes drain while Postgres and Redis still answer. */
  stop(graceMs?: number): Promise<void>;
};

/** How much of the product to start: `servers` is Postgres (migrated and seeded) and Redis only. */
export type Extent = "servers" | "everything";

/** An aborted start undoes what it did and rejects. */
export type StartOptions = { extent?: Extent; signal?: AbortSignal };

/**
 * Brings up the product on one machine and leaves out every step that is already done. When it
 * fails, whatever it had started is stopped again.
 */
export async function startStack(
  settings: Settings,
  { extent = "everything", signal = new AbortController().signal }: StartOptions = {},
): Promise<Stack> {
  claimDataFolder(settings);
  const running: ManagedProcess[] = [];
  const stop = async (graceMs = DRAIN_GRACE_MS) => {
    const servers = running.filter(({ name }) => name === "postgres" || name === "redis");
    const processes = running.filter((process) => !servers.includes(process));
    await Promise.all(processes.map((process) => process.stop(graceMs)));
    await Promise.all(servers.map((server) => server.stop(Math.min(graceMs, SERVER_GRACE_MS))));
    forgetProcess(settings.dataDir, "supervisor");
  };
  try {
    return await bringUp(settings, { extent, signal }, running, stop);
  } catch (error) {
    await stop(SERVER_GRACE_MS);
    throw error;
  }
}

/** The pid of the supervisor that has this data folder, if one is alive. */
export function runningSupervisor(settings: Settings): number | undefined {
  return livingProcess(settings.dataDir, "supervisor");
}

function claimDataFolder(settings: Settings): void {
  const other = runningSupervisor(settings);
  if (other && other !== process.pid) {
    throw new SetupError(
      `It is already running (process ${other}), with the portal at ${portalUrl(settings)}. ` +
        `Stop it with Ctrl-C where it runs or with "kill ${other}", or give this one another DATA_DIR and ports.`,
    );
  }
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  recordProcess(settings.dataDir, "supervisor", process.pid);
}

async function bringUp(
  settings: Settings,
  { extent, signal }: Required<StartOptions>,
  running: ManagedProcess[],
  stop: Stack["stop"],
): Promise<Stack> {
  const runDir = join(settings.dataDir, "run");
  const leftovers = await stopLeftovers(runDir);
  if (leftovers > 0) console.log(`Leftovers: stopped ${leftovers} processes of a start that was killed`);
  await checkPorts(settings, [
    ...(extent === "everything" ? wantedPorts(settings) : []),
    ...(settings.databaseUrl ? [] : (["postgres"] as const)),
    ...(settings.redisUrl ? [] : (["redis"] as const)),
  ]);

  const { secrets, created } = ensureSecrets(secretsFile(settings));
  console.log(`Secrets: ${created ? "generated" : "already there"}`);
  const logs = createLogView(join(settings.dataDir, "logs"), ["postgres", "redis"]);
  const launch = async (plan: ProcessPlan) => {
    const managed = keepRunning(plan, { runDir, cwd: ROOT, logs });
    running.push(managed);
    await Promise.race([managed.ready, aborted(signal)]);
  };

  if (extent === "everything") await fetchSpeechModel(settings, signal);
  const redis = await startRedis(settings, secrets, launch);
  const database = await startPostgres(settings, secrets, launch);
  const urls: Urls = { redis, owner: database, app: appUrl(settings, database, secrets) };
  const demo = { email: DEMO_EMAIL, password: secrets.demoPassword };
  const owned = {
    ...sharedEnv(settings),
    DATABASE_URL: urls.owner,
    APP_DATABASE_URL: urls.app,
    REDIS_URL: urls.redis,
  };
  await runScript("Schema", "scripts/migrate.ts", { env: owned, signal });
  const seedEnv = {
    ...owned,
    KEY_RING: settings.env.KEY_RING || secrets.keyRing,
    DEMO_EMAIL: demo.email,
    DEMO_PASSWORD: demo.password,
  };
  await runScript("Demo tenant", "scripts/seed.ts", { env: seedEnv, signal });
  if (extent === "everything") await startProcesses(settings, { urls, secrets, signal }, launch);
  return { urls, portal: portalUrl(settings), demo, secrets, logs, stop };
}

type Launch = (plan: ProcessPlan) => Promise<void>;

async function startRedis(settings: Settings, secrets: Secrets, launch: Launch): Promise<string> {
  const given = settings.redisUrl;
  if (given) {
    if (!(await redisAnswers(given))) {
      throw new SetupError(
        "Redis: the server that REDIS_URL names does not answer. Check the address and password.",
      );
    }
    console.log("Redis: using REDIS_URL");
    return given;
  }
  return await step("Redis", "looking for a server, starting it", async () => {
    const { program, installed } = ensureRedisProgram();
    const port = settings.ports.redis;
    const options = { folder: join(settings.dataDir, "redis"), port, password: secrets.redisPassword };
    await launch(redisPlan(program, options));
    return { done: `${installed ? "installed and " : ""}running on port ${port}`, value: redisUrl(options) };
  });
}

async function startPostgres(settings: Settings, secrets: Secrets, launch: Launch): Promise<string> {
  const given = settings.databaseUrl;
  if (given) {
    if (!(await answers(given))) {
      throw new SetupError(
        "Postgres: the server that DATABASE_URL names does not answer. Check the address, user and password.",
      );
    }
    console.log("Postgres: using DATABASE_URL");
    return given;
  }
  return await step("Postgres", "starting the embedded server", async () => {
    const port = settings.ports.postgres;
    const folder = join(settings.dataDir, "postgres");
    const options = { folder, port, password: secrets.ownerPassword, durable: true };
    const created = await createCluster(options);
    await launch(postgresPlan(options));
    await ensureDatabase(options, DATABASE);
    const done = `${created ? "created and " : ""}running on port ${port}`;
    return { done, value: ownerUrl(options, DATABASE) };
  });
}

/** The same database as the app role, whose password migration sets to the one in this address. */
function appUrl(settings: Settings, database: string, secrets: Secrets): string {
  if (settings.env.APP_DATABASE_URL) return settings.env.APP_DATABASE_URL;
  const url = new URL(database);
  // Roles are shared by all databases of a server: the name keeps two installations on one server apart.
  url.username = `${url.pathname.slice(1)}_app`;
  url.password = secrets.appPassword;
  return url.toString();
}

async function startProcesses(
  settings: Settings,
  found: { urls: Urls; secrets: Secrets; signal: AbortSignal },
  launch: Launch,
): Promise<void> {
  const plans = processPlans(settings, found.urls, found.secrets);
  if (settings.mode === "start") {
    if (buildIsCurrent(settings.buildDir)) console.log("Portal: already built from this source");
    else {
      const env = plans.find(({ name }) => name === "web")?.env ?? {};
      await step("Portal", "building (half a minute or so)", async () => {
        await buildPortal(settings.buildDir, env, found.signal);
        return { done: "built", value: undefined };
      });
    }
  }
  await step("Processes", `starting ${plans.map(({ name }) => name).join(", ")}`, async () => {
    await Promise.all(plans.map(launch));
    return { done: "all ready", value: undefined };
  });
}

/** Brings the recognizer's weights, once; unit tests hear with them too. */
export async function fetchSpeechModel(settings: Settings, signal: AbortSignal): Promise<void> {
  const args = [join(ROOT, "scripts/fetch-speech-model.mjs"), settings.speechModelDir];
  const { code } = await runToEnd(process.execPath, args, { env: settings.env, signal });
  if (code !== 0) throw new SetupError("Speech model: it could not be fetched (see above).");
}

async function runScript(
  name: string,
  script: string,
  around: { env: Env; signal: AbortSignal },
): Promise<void> {
  if (!existsSync(join(ROOT, script))) return;
  await step(name, "bringing it up to date", async () => {
    const { code } = await runToEnd(process.execPath, [join(ROOT, script)], around);
    if (code !== 0) throw new SetupError(`${name}: ${script} failed (see above).`);
    return { done: "up to date", value: undefined };
  });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => reject(new SetupError("Stopped before it was ready."));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
  });
}
