import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { outsideHome } from "../stack/postgres.ts";
import { stopLeftovers } from "../stack/process-record.ts";
import { runCommand, SetupError } from "../stack/report.ts";
import { loadEnvFiles, readSettings } from "../stack/settings.ts";
import { runningSupervisor } from "../stack/stack.ts";

/** Wipes the data folder. A database of the operator's own, and its keys, are left alone. */
await runCommand(async () => {
  loadEnvFiles();
  const settings = readSettings(process.env, "start");
  const running = runningSupervisor(settings);
  if (running) throw new SetupError(`The product is running (process ${running}): stop it before the reset.`);
  if (!existsSync(settings.dataDir)) {
    console.log(`There is nothing to wipe: ${settings.dataDir} does not exist.`);
    return 0;
  }
  if (!process.argv.includes("--yes") && !(await confirmed(settings.dataDir))) {
    console.log("Nothing was wiped.");
    return 1;
  }
  await stopLeftovers(join(settings.dataDir, "run"));
  rmSync(outsideHome(join(settings.dataDir, "postgres")), { recursive: true, force: true });
  rmSync(settings.dataDir, { recursive: true, force: true });
  console.log(`Wiped ${settings.dataDir}. The next start begins anew.`);
  return 0;
});

async function confirmed(folder: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new SetupError('There is nobody to ask: say "npm run reset -- --yes" to wipe.');
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(`This wipes everything in ${folder}. Type "yes" to go on: `);
  prompt.close();
  return answer.trim().toLowerCase() === "yes";
}
