/** A failure whose message is all that the person at the terminal needs: what failed and what to do. */
export class SetupError extends Error {
  override readonly name = "SetupError";
}

/** One line when a step that takes a while begins, one when it ends. */
export async function step<T>(
  name: string,
  doing: string,
  work: () => Promise<{ done: string; value: T }>,
): Promise<T> {
  const started = Date.now();
  console.log(`${name}: ${doing}`);
  const { done, value } = await work();
  const seconds = (Date.now() - started) / 1000;
  console.log(`${name}: ${done}${seconds >= 1 ? ` (${seconds.toFixed(1)} s)` : ""}`);
  return value;
}

/** Runs a command to its end; an expected failure ends it with one sentence, an unexpected one with a trace. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exit(await main());
  } catch (error) {
    console.error(error instanceof SetupError ? `\n${error.message}` : error);
    process.exit(1);
  }
}
