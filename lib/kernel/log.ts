import { type Logger, pino } from "pino";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error" | "child">;

/**
 * The process's logger: one JSON object a line. Messages are static; whatever a person said
 * or typed goes under a `pii` key, which is removed here and so can never reach a log.
 */
export function createLog(process: string, level = "info"): Log {
  return pino({
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ["pii", "*.pii", "*.*.pii", "authorization", "*.authorization"], remove: true },
  });
}
