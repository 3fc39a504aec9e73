import { spawn } from "node:child_process";
import { SetupError } from "./report.ts";
import { type Env, ROOT } from "./settings.ts";

type RunOptions = {
  env: Env;
  /** Where it runs; the project's root unless told otherwise. */
  cwd?: string;
  signal?: AbortSignal;
  /** Keeps the output back for the caller instead of showing it. */
  quiet?: boolean;
};

/** Runs a program; an abort ends it and rejects with a sentence. */
export async function runToEnd(
  command: string,
  args: readonly string[],
  { env, cwd = ROOT, signal, quiet = false }: RunOptions,
): Promise<{ code: number; output: string }> {
  const child = spawn(command, args, {
    cwd,
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
    ...(signal ? { signal } : {}),
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = error;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (signal?.aborted) throw new SetupError("Stopped before it was ready.");
  if (failure) throw new SetupError(`${command} could not be run: ${failure.message}`);
  return { code: code ?? 1, output };
}
