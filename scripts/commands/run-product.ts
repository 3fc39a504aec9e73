import { runCommand } from "../stack/report.ts";
import { loadEnvFiles, readSettings, type Settings } from "../stack/settings.ts";
import { startStack } from "../stack/stack.ts";
import { onStopSignal } from "../stack/stop-signals.ts";

const SHOW_INFO = 30;
const HURRY_GRACE_MS = 500;

/** Starts everything, says so in one line, and runs until it is told to stop. */
export async function runProduct(mode: Settings["mode"]): Promise<void> {
  await runCommand(async () => {
    loadEnvFiles();
    const settings = readSettings(process.env, mode);
    const told = new AbortController();
    const hurry = new AbortController();
    onStopSignal(
      () => told.abort(),
      () => hurry.abort(),
    );
    const stack = await startStack(settings, { signal: told.signal });
    const { email, password } = stack.demo;
    console.log(`OmniBots Agent Assist is ready at ${stack.portal} - sign in as ${email} with ${password}`);
    stack.logs.show(SHOW_INFO);

    await aborted(told.signal);
    console.log("Stopping: calls and jobs may finish (press Ctrl-C again to cut them off)");
    void aborted(hurry.signal).then(() => stack.stop(HURRY_GRACE_MS));
    await stack.stop();
    console.log("Stopped.");
    return 0;
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
