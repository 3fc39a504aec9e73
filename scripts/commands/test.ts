import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { addressesOf } from "../stack/addresses.ts";
import { isolatedSettings, withoutProductVariables } from "../stack/isolated-settings.ts";
import { createLogView } from "../stack/log-view.ts";
import { freePorts } from "../stack/ports.ts";
import { stopLeftovers } from "../stack/process-record.ts";
import { findPulsar } from "../stack/pulsar.ts";
import { pulsarForTests } from "../stack/pulsar-broker.ts";
import { SetupError } from "../stack/report.ts";
import type { Settings } from "../stack/settings.ts";
import { fetchSpeechModel, runningSupervisor, startStack } from "../stack/stack.ts";
import { onStopSignal } from "../stack/stop-signals.ts";
import { findProgram, installSystemPackage } from "../stack/system-package.ts";
import { closingLine, single, sum, type Tally } from "../stack/tally.ts";
import {
  checkStyle,
  checkTypes,
  heading,
  runLwcTests,
  runPlaywright,
  runVitest,
  type TestRun,
} from "../stack/test-steps.ts";

/** The browser tests' product stops at once: nothing in it is worth a drain. */
const STOP_GRACE_MS = 3_000;

const told = new AbortController();
onStopSignal(
  () => told.abort(),
  () => process.exit(1),
);

const tallies: Tally[] = [];
/** Said again at the end, where whoever reads the report looks. */
const remarks: string[] = [];
try {
  const settings = await isolatedSettings("test");
  await prepareFolder(settings);
  const run: TestRun = {
    env: withoutProductVariables(process.env),
    signal: told.signal,
    reports: join(settings.dataDir, "reports"),
  };
  mkdirSync(run.reports, { recursive: true });
  // Maven fetches while the first steps run.
  const pulsar = findPulsar(run);
  await fetchSpeechModel(settings, told.signal);
  for (const step of [
    checkStyle,
    checkTypes,
    () => runVitest("unit", run),
    () => runLwcTests(run),
    () => runIntegrationTests(settings, run, pulsar),
    () => runBrowserTests(settings, run),
  ]) {
    tallies.push(await step(run));
  }
} catch (error) {
  console.error(error instanceof SetupError ? `\n${error.message}` : error);
  tallies.push(single(false));
}
const total = sum(tallies);
for (const remark of remarks) console.log(`\n${remark}`);
console.log(`\n${closingLine(total)}`);
process.exit(total.failed === 0 ? 0 : 1);

/** Each run begins with nothing: no data, no processes of a run that was killed. */
async function prepareFolder(settings: Settings): Promise<void> {
  const other = runningSupervisor(settings);
  if (other) throw new SetupError(`The tests are already running here (process ${other}).`);
  await stopLeftovers(join(settings.dataDir, "run"), STOP_GRACE_MS);
  rmSync(settings.dataDir, { recursive: true, force: true });
}

/** With a real broker beside the servers where one is to be had; without it its tests are skipped. */
async function runIntegrationTests(
  settings: Settings,
  run: TestRun,
  found: ReturnType<typeof findPulsar>,
): Promise<Tally> {
  const { dataDir } = settings;
  const logs = createLogView(join(dataDir, "logs"), ["pulsar"]);
  const broker = await pulsarForTests(run.env.PULSAR_WS_URL, found, { dataDir, logs, env: run.env });
  remarks.push(broker.sentence);
  console.log(`\n${broker.sentence}`);
  try {
    return await runVitest("integration", { ...run, env: { ...run.env, PULSAR_WS_URL: broker.url } });
  } finally {
    await broker.stop();
  }
}

/** A product that does not come up is one failure, and the other steps' results still count. */
async function runBrowserTests(settings: Settings, run: TestRun): Promise<Tally> {
  heading("Browser");
  if (!process.env.CHROMIUM_PATH && !findProgram(["chromium"])) {
    console.log("Chromium: installing");
    installSystemPackage("chromium", "Chromium");
  }
  // The tests play a language model there; to the product it is a private address like any other.
  // The identity providers are theirs, too.
  const [modelPort, identityPort] = await freePorts(2);
  const allowed = {
    ...settings.env,
    ...identityProviders(`http://localhost:${identityPort}`),
    OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${modelPort}`,
  };
  const stack = await startStack({ ...settings, env: allowed }, { signal: run.signal });
  try {
    const chromium = process.env.CHROMIUM_PATH ?? findProgram(["chromium"]);
    const addresses = {
      ...addressesOf(settings, stack),
      MODEL_SERVER_PORT: String(modelPort),
      IDENTITY_PORT: String(identityPort),
    };
    const env = { ...run.env, ...addresses, CHROMIUM_PATH: chromium };
    return await runPlaywright({ ...run, env });
  } finally {
    await stack.stop(STOP_GRACE_MS);
  }
}

/** What the browser tests' own identity server knows this installation by. */
function identityProviders(address: string): Record<string, string> {
  const client = { ID: "stand-in", SECRET: "stand-in-secret" };
  return {
    GOOGLE_CLIENT_ID: client.ID,
    GOOGLE_CLIENT_SECRET: client.SECRET,
    GOOGLE_ISSUER: address,
    MICROSOFT_CLIENT_ID: client.ID,
    MICROSOFT_CLIENT_SECRET: client.SECRET,
    MICROSOFT_ISSUER: `${address}/entra/v2.0`,
  };
}
