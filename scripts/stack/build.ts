import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetupError } from "./report.ts";
import { runToEnd } from "./run-to-end.ts";
import { type Env, ROOT } from "./settings.ts";

/** What a build of the portal depends on. */
const SOURCES = [
  ...["app", "components", "lib", "drizzle", "public"],
  ...["proxy.ts", "instrumentation.ts", "next.config.ts", "postcss.config.mjs", "package-lock.json"],
];
const STAMP = "source-hash.txt";

/** Whether the build in this folder was made from the source as it is now. */
export function buildIsCurrent(buildDir: string): boolean {
  const stamp = join(ROOT, buildDir, STAMP);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sourceHash();
}

/** Builds the portal; the build tool's output is shown only when it fails. */
export async function buildPortal(buildDir: string, env: Env, signal: AbortSignal): Promise<void> {
  const hash = sourceHash();
  const args = [join(ROOT, "node_modules/next/dist/bin/next"), "build"];
  const { code, output } = await runToEnd(process.execPath, args, {
    env: { ...env, NODE_ENV: "production", NEXT_DIST_DIR: buildDir, NEXT_TELEMETRY_DISABLED: "1" },
    signal,
    quiet: true,
  });
  if (code !== 0)
    throw new SetupError(`${output.trim()}\n\nBuild: the portal could not be built (see above).`);
  writeFileSync(join(ROOT, buildDir, STAMP), hash);
}

function sourceHash(): string {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const file of filesIn(source))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(ROOT, file)))
        .update("\0");
  }
  return hash.digest("hex");
}

function filesIn(source: string): string[] {
  const path = join(ROOT, source);
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [source];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes(".test."))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .sort();
}
