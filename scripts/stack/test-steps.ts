import { rmSync } from "node:fs";
import { join } from "node:path";
import { runToEnd } from "./run-to-end.ts";
import { type Env, ROOT } from "./settings.ts";
import { readPlaywrightReport, readVitestReport, single, type Tally } from "./tally.ts";

/** What a step runs with; `reports` is the folder for the runners' own files. */
export type TestRun = { env: Env; signal: AbortSignal; reports: string };

const bin = (name: string) => join(ROOT, "node_modules/.bin", name);

export async function checkStyle(run: TestRun): Promise<Tally> {
  heading("Style");
  const { code } = await runToEnd(bin("biome"), ["check", "--error-on-warnings", "."], run);
  return single(code === 0);
}

export async function checkTypes(run: TestRun): Promise<Tally> {
  heading("Types");
  // The types of pages and routes are generated; a fresh clone has none yet.
  const typegen = await runToEnd(bin("next"), ["typegen"], { ...run, quiet: true });
  if (typegen.code !== 0) console.log(typegen.output.trim());
  const { code } = await runToEnd(bin("tsc"), ["--noEmit"], run);
  console.log(code === 0 ? "Types: no errors" : "Types: see the errors above");
  return single(code === 0 && typegen.code === 0);
}

export async function runVitest(project: "unit" | "integration", run: TestRun): Promise<Tally> {
  heading(project === "unit" ? "Unit and architecture" : "Integration, on real Postgres and Redis");
  const report = freshReport(run, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await runToEnd(
    bin("vitest"),
    ["run", "--project", project, "--passWithNoTests", ...reporters],
    run,
  );
  return readVitestReport(report, code);
}

/** The Lightning web component in its platform's own runner, and the package's metadata. */
export async function runLwcTests(run: TestRun): Promise<Tally> {
  heading("Salesforce package");
  const report = freshReport(run, "salesforce.json");
  // The runner looks for the package where it is started.
  const cwd = join(ROOT, "salesforce");
  const { code } = await runToEnd(bin("jest"), ["--json", "--outputFile", report], { ...run, cwd });
  return readVitestReport(report, code);
}

export async function runPlaywright(run: TestRun): Promise<Tally> {
  const report = freshReport(run, "browser.json");
  const env = { ...run.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const args = ["test", "--reporter=list,json", "--pass-with-no-tests"];
  const { code } = await runToEnd(bin("playwright"), args, { ...run, env });
  return readPlaywrightReport(report, code);
}

export function heading(text: string): void {
  console.log(`\n== ${text}`);
}

/** A report of an earlier run must not be read as this one's. */
function freshReport(run: TestRun, name: string): string {
  const file = join(run.reports, name);
  rmSync(file, { force: true });
  return file;
}
