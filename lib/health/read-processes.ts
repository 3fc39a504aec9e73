import type { Heartbeat } from "./heartbeat.ts";

/** Every process beats each five seconds; three missed beats are no accident. */
const SILENT_AFTER_MS = 15_000;

/** Heartbeats live in Redis: while it is away, nothing is known of anyone. */
export type ProcessState = "running" | "silent" | "absent" | "unknown";

export type ProcessHealth = {
  name: string;
  state: ProcessState;
  /** Copies that beat now. */
  replicas: number;
  since: string | undefined;
  lastBeatAt: string | undefined;
  memoryMb: number | undefined;
  /** Of the copies that run; several while a release is under way. */
  versions: string[];
  /** Summed over the copies, except times, of which the worst one counts. */
  figures: Record<string, number>;
};

/** One line a process, those without any copy included. A copy that went silent counts only while none runs. */
export function summarizeProcesses(
  names: readonly string[],
  heartbeats: readonly Heartbeat[] | undefined,
  nowMs: number,
): ProcessHealth[] {
  if (!heartbeats) return names.map((name) => bareProcess(name, "unknown"));
  return names.map((name) => {
    const known = heartbeats.filter((heartbeat) => heartbeat.process === name);
    const running = known.filter(({ at }) => nowMs - at < SILENT_AFTER_MS);
    const shown = running.length > 0 ? running : known;
    const state = running.length > 0 ? "running" : known.length > 0 ? "silent" : "absent";
    return {
      name,
      state,
      replicas: running.length,
      since: earliest(shown.map(({ startedAt }) => startedAt)),
      lastBeatAt: latest(known.map(({ at }) => at)),
      memoryMb: shown.length > 0 ? shown.reduce((sum, { memoryMb }) => sum + memoryMb, 0) : undefined,
      versions: [...new Set(shown.flatMap(({ version }) => version ?? []))].sort(),
      figures: mergeFigures(running.map(({ figures }) => figures)),
    };
  });
}

/** A process of which nothing but its state is known. */
export function bareProcess(name: string, state: ProcessState, replicas = 0): ProcessHealth {
  return {
    name,
    state,
    replicas,
    since: undefined,
    lastBeatAt: undefined,
    memoryMb: undefined,
    versions: [],
    figures: {},
  };
}

function mergeFigures(all: readonly Record<string, number>[]): Record<string, number> {
  const merged: Record<string, number> = {};
  for (const figures of all)
    for (const [name, value] of Object.entries(figures)) {
      const before = merged[name];
      const isTime = /ms\b|Ms\b/.test(name);
      merged[name] = before === undefined ? value : isTime ? Math.max(before, value) : before + value;
    }
  return merged;
}

function earliest(times: readonly number[]): string | undefined {
  return times.length > 0 ? new Date(Math.min(...times)).toISOString() : undefined;
}

function latest(times: readonly number[]): string | undefined {
  return times.length > 0 ? new Date(Math.max(...times)).toISOString() : undefined;
}
