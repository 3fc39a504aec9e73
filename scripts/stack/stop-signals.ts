/**
 * Calls `stop` at the first Ctrl-C, termination, closed terminal or death of the npm command above,
 * and `hurry` at a second Ctrl-C.
 */
export function onStopSignal(stop: (cause: string) => void, hurry: () => void): void {
  let stopping = false;
  let firstAt = 0;
  const signalled = (cause: string) => {
    // One Ctrl-C arrives twice: from the terminal, and passed on by the command above.
    if (stopping && cause === "SIGINT" && Date.now() - firstAt > 500) hurry();
    if (stopping) return;
    stopping = true;
    firstAt = Date.now();
    stop(cause);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => signalled(signal));
  process.on("disconnect", () => signalled("disconnect"));
  // A closed terminal must not turn the next line of log into a crash.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => signalled("closed output"));
}
