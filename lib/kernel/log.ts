import { type Logger, pino } from "pino";
import { loggedError } from "./logged-error.ts";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error" | "child">;

/**
 * The process's logger: one JSON object a line. Messages are static; whatever a person said
 * or typed goes under a `pii` key, which is removed here and so can never reach a log; errors lose their values.
 */
export function createLog(process: string, level = "info"): Log {
  return pino({
    level,
    base: { process },
    serializers: { err: (error: unknown) => loggedError(error) },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ["pii", "*.pii", "*.*.pii", "authorization", "*.authorization"], remove: true },
  });
}
