import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import type { ProcessPlan } from "./managed-process.ts";
import { SetupError } from "./report.ts";
import { findProgram, installSystemPackage } from "./system-package.ts";

export type RedisOptions = { folder: string; port: number; password: string };
type Program = { file: string; argv0: string };

export function redisUrl(options: Pick<RedisOptions, "port" | "password">): string {
  return `redis://:${options.password}@127.0.0.1:${options.port}`;
}

/**
 * The server on this machine, installed when there is none. Debian's `redis-tools` is enough: its
 * checker is the server's own binary under another name, and the package brings no system service
 * that could start or be disturbed.
 */
export function ensureRedisProgram(): { program: Program; installed: boolean } {
  const present = findServer();
  if (present) return { program: present, installed: false };
  installSystemPackage("redis-tools", "A Redis server");
  const program = findServer();
  if (program) return { program, installed: true };
  throw new SetupError(
    "No Redis server was found: install redis-server, or set REDIS_URL to one of your own.",
  );
}

export function redisPlan(program: Program, options: RedisOptions): ProcessPlan {
  mkdirSync(options.folder, { recursive: true });
  const config = join(options.folder, "redis.conf");
  const settings = [
    "bind 127.0.0.1",
    `port ${options.port}`,
    `dir "${options.folder}"`,
    `requirepass ${options.password}`,
    "databases 1024",
    "daemonize no",
    // Postgres is the truth; what Redis holds is rebuilt from it.
    'save ""',
    "appendonly no",
    "maxmemory-policy noeviction",
  ];
  // The password lies in a file of our own rather than in the process list.
  writeFileSync(config, `${settings.join("\n")}\n`, { mode: 0o600 });
  return {
    name: "redis",
    command: program.file,
    argv0: program.argv0,
    args: [config],
    env: process.env,
    ready: () => redisAnswers(redisUrl(options)),
  };
}

export async function redisAnswers(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on("error", () => {});
  try {
    await redis.connect();
    return (await redis.ping()) === "PONG";
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

function findServer(): Program | undefined {
  const server = findProgram(["redis-server", "valkey-server"]);
  if (server) return { file: server, argv0: server };
  const checker = findProgram(["redis-check-rdb", "valkey-check-rdb"]);
  if (!checker) return undefined;
  return { file: checker, argv0: checker.endsWith("valkey-check-rdb") ? "valkey-server" : "redis-server" };
}
