import { join } from "node:path";
import { createLogView } from "./stack/log-view.ts";
import { stopLeftovers } from "./stack/process-record.ts";
import { findPulsar } from "./stack/pulsar.ts";
import { startPulsar } from "./stack/pulsar-broker.ts";
import { runCommand } from "./stack/report.ts";
import { ROOT } from "./stack/settings.ts";
import { onStopSignal } from "./stack/stop-signals.ts";

/** `node scripts/pulsar-broker.ts`: an Apache Pulsar broker for the tests that ask for PULSAR_WS_URL, until Ctrl-C. */
await runCommand(async () => {
  const told = Promise.withResolvers<void>();
  onStopSignal(
    () => told.resolve(),
    () => process.exit(1),
  );
  const dataDir = join(ROOT, ".omnibots-pulsar");
  await stopLeftovers(join(dataDir, "run"));
  const found = await findPulsar({ env: process.env });
  const logs = createLogView(join(dataDir, "logs"), ["pulsar"]);
  const broker = await startPulsar(found, { dataDir, logs, env: process.env });
  console.log(broker.url ? `PULSAR_WS_URL=${broker.url}` : broker.sentence);
  if (!broker.url) return 1;
  await told.promise;
  await broker.stop();
  return 0;
});
