import { isAppError } from "#/lib/kernel/app-error.ts";
import { createLog, type Log } from "#/lib/kernel/log.ts";

export type Cleanup = () => Promise<void> | void;

export type ProcessContext = {
  log: Log;
  /** Aborted when draining begins; long loops end on it. */
  signal: AbortSignal;
  /** Repeats `beat` until the process drains. A beat that fails is logged and the next one is tried. */
  heartbeat(beat: () => Promise<void>, everyMs?: number): void;
};

type Options = { logLevel?: string; drainTimeoutMs?: number };

const HEARTBEAT_INTERVAL_MS = 5_000;
/** A call's socket may take 30 s to finish; orchestrators are told to wait a little longer. */
const DRAIN_TIMEOUT_MS = 33_000;

/**
 * The life of one process. `start` parses its environment, opens what it needs and returns how to
 * drain; a bad environment or an unreachable service ends the process with one clear sentence.
 * SIGTERM and SIGINT drain once, within the time limit. What nobody caught is logged and fatal.
 */
export async function runProcess(
  name: string,
  start: (context: ProcessContext) => Promise<Cleanup | undefined>,
  options: Options = {},
): Promise<void> {
  const log = createLog(name, options.logLevel);
  const draining = new AbortController();
  const timers: NodeJS.Timeout[] = [];

  const fatal = (message: string) => (error: unknown) => {
    log.error({ err: error }, message);
    process.exit(1);
  };
  process.on("uncaughtException", fatal("uncaught error"));
  process.on("unhandledRejection", fatal("unhandled rejection"));

  const heartbeat: ProcessContext["heartbeat"] = (beat, everyMs = HEARTBEAT_INTERVAL_MS) => {
    const run = () => beat().catch((error: unknown) => log.warn({ err: error }, "heartbeat failed"));
    timers.push(setInterval(run, everyMs));
    void run();
  };

  const started = Promise.withResolvers<Cleanup | undefined>();

  const drain = async (cause: NodeJS.Signals): Promise<void> => {
    if (draining.signal.aborted) return;
    log.info({ signal: cause }, "draining");
    draining.abort();
    for (const timer of timers) clearInterval(timer);
    const limit = setTimeout(
      () => fatal("drain took too long")(undefined),
      options.drainTimeoutMs ?? DRAIN_TIMEOUT_MS,
    );
    try {
      await (await started.promise)?.();
    } catch (error) {
      fatal("drain failed")(error);
    }
    clearTimeout(limit);
    log.info("stopped");
    process.exit(0);
  };
  // Before the start: whoever has heard from this process may tell it to stop.
  process.on("SIGTERM", drain);
  process.on("SIGINT", drain);

  try {
    started.resolve(start({ log, signal: draining.signal, heartbeat }));
    await started.promise;
    log.info("started");
  } catch (error) {
    log.error(isAppError(error) ? error.context : { err: error }, startupSentence(name, error));
    process.exit(1);
  }
}

function startupSentence(name: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `${name} could not start: ${reason}`;
}
