import type { CallSink } from "#/workers/audiohook/ports.ts";

export type Collected = { finals: string[]; gapMs: number; ended: boolean };

export type CollectingSink = CallSink & {
  /** What one session has said so far. */
  of(sessionId: string): Collected;
  counts: { started: number; finals: number; gaps: number; notices: number; ended: number };
};

/** Keeps what calls say, in the order in which they said it. */
export function collectingSink(): CollectingSink {
  const calls = new Map<string, Collected>();
  const counts = { started: 0, finals: 0, gaps: 0, notices: 0, ended: 0 };
  const of = (sessionId: string): Collected => {
    const known = calls.get(sessionId) ?? { finals: [], gapMs: 0, ended: false };
    calls.set(sessionId, known);
    return known;
  };
  return {
    of,
    counts,
    started: () => void counts.started++,
    interim: () => undefined,
    final: ({ sessionId }, _speaker, { text }) => {
      counts.finals++;
      of(sessionId).finals.push(text);
    },
    gap: ({ sessionId }, { durationMs }) => {
      counts.gaps++;
      of(sessionId).gapMs += durationMs;
    },
    notice: () => void counts.notices++,
    ended: ({ sessionId }) => {
      counts.ended++;
      of(sessionId).ended = true;
    },
  };
}
