import { pino } from "pino";
import { readSandboxEnv } from "./env.ts";
import { SandboxError } from "./sandbox-error.ts";
import { createSandbox } from "./server.ts";

/** Longer than a call's agreed end takes. */
const DRAIN_MS = 12_000;

try {
  run();
} catch (error) {
  if (!(error instanceof SandboxError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function run(): void {
  const env = readSandboxEnv();
  const log = pino({
    level: env.LOG_LEVEL,
    base: { process: "sandbox" },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
  const { server, drain } = createSandbox({ env, log });
  server.on("error", (error: NodeJS.ErrnoException) => {
    const taken = error.code === "EADDRINUSE";
    process.stderr.write(
      taken
        ? `Port ${env.SANDBOX_PORT} is taken: choose another with SANDBOX_PORT.\n`
        : `The sandbox cannot listen: ${error.message}\n`,
    );
    process.exit(1);
  });
  server.listen(env.SANDBOX_PORT, env.SANDBOX_HOST, () =>
    log.info({ port: env.SANDBOX_PORT }, "sandbox listening"),
  );

  const stop = async () => {
    server.close();
    setTimeout(() => process.exit(0), DRAIN_MS).unref();
    await drain();
    process.exit(0);
  };
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());
}
