import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { withoutProductVariables } from "../stack/isolated-settings.ts";
import { runCommand } from "../stack/report.ts";
import { ROOT, readSettings } from "../stack/settings.ts";
import { fetchSpeechModel } from "../stack/stack.ts";
import { onStopSignal } from "../stack/stop-signals.ts";
import { closingLine, sum } from "../stack/tally.ts";
import { checkStyle, checkTypes, runVitest } from "../stack/test-steps.ts";

/** The quick subset of the tests: it starts no server. */
await runCommand(async () => {
  const told = new AbortController();
  onStopSignal(
    () => told.abort(),
    () => process.exit(1),
  );
  const reports = join(ROOT, ".omnibots-check");
  mkdirSync(reports, { recursive: true });
  await fetchSpeechModel(readSettings(process.env, "start"), told.signal);
  const run = { env: withoutProductVariables(process.env), signal: told.signal, reports };
  const total = sum([await checkStyle(run), await checkTypes(run), await runVitest("unit", run)]);
  console.log(`\n${closingLine(total)}`);
  return total.failed === 0 ? 0 : 1;
});
