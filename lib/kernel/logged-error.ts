/** What a log keeps of an error. */
export type LoggedError = {
  type: string;
  message: string;
  code?: string;
  context?: unknown;
  stack?: string;
  cause?: LoggedError;
};

const MOST_CAUSES = 5;
const FRAME = /^\s+at /;

/**
 * An error without the values that it worked on. A failed query carries its parameters in its message and in fields of
 * its own, and Postgres quotes values: these are what people said and typed, and sealed secrets. Kept are names,
 * codes, frames and the query's text.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: "not an Error" };
  const { code, context } = error as Error & { code?: unknown; context?: unknown };
  const frames = (error.stack ?? "").split("\n").filter((line) => FRAME.test(line));
  return {
    type: error.constructor.name,
    message: wordsOf(error),
    ...(typeof code === "string" && { code }),
    ...(context !== undefined && { context }),
    ...(frames.length > 0 && { stack: frames.join("\n") }),
    ...(error.cause !== undefined && depth < MOST_CAUSES && { cause: loggedError(error.cause, depth + 1) }),
  };
}

function wordsOf(error: Error): string {
  if ("params" in error && "query" in error) return `Failed query: ${String(error.query)}`;
  const { severity, code } = error as Error & { severity?: unknown; code?: unknown };
  // Class 22 is about values, and its messages quote them.
  if (severity !== undefined && String(code).startsWith("22")) return "Postgres refused a value.";
  return error.message;
}
