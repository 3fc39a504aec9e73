/**
 * The door of every npm command. It runs on the system's Node before anything is installed, so it uses
 * built-ins only: check the machine, install the packages when they differ from the lock file, and hand
 * over to the command under the project's own Node.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "..");
const BIN = join(ROOT, "node_modules/.bin");
const PARENT_CHECK_MS = 1_000;

/** npm puts the packages' Node first on the PATH; npm itself must not run on what it is about to replace. */
const systemPath = (process.env.PATH ?? "")
  .split(delimiter)
  .filter((entry) => !entry.includes("node_modules/.bin"))
  .join(delimiter);

function fail(sentence) {
  console.error(`\n${sentence}`);
  // Whoever reads a test run's last line finds it even when the tests could not begin.
  if (process.argv[2] === "test") console.log("0 passed, 1 failed");
  process.exit(1);
}

function checkMachine() {
  const [major = 0] = process.versions.node.split(".").map(Number);
  if (major < 20) fail(`Node ${process.versions.node} is too old: install Node 20 or later and try again.`);
  if (process.platform !== "linux") {
    console.log(
      "Warning: this is tried on Debian 12. Elsewhere, set DATABASE_URL and REDIS_URL to servers of your own.",
    );
  }
  const npm = spawnSync("npm", ["--version"], {
    encoding: "utf8",
    env: { ...process.env, PATH: systemPath },
  });
  if (npm.status !== 0) fail("npm was not found on the PATH: install npm 10 or 11 and try again.");
  const version = npm.stdout.trim();
  if (Number(version.split(".")[0]) < 10) fail(`npm ${version} is too old: run "npm install -g npm@11".`);
  return `Node ${process.versions.node}, npm ${version}`;
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
}

/** npm writes its own list at the end of an install; a missing or different entry means that one is due. */
function packagesAreInstalled() {
  const installedList = join(ROOT, "node_modules/.package-lock.json");
  if (!existsSync(installedList) || !existsSync(join(BIN, "node"))) return false;
  const installed = packagesOf(installedList);
  return Object.entries(packagesOf(join(ROOT, "package-lock.json"))).every(
    ([path, wanted]) =>
      path === "" || (installed[path] ? installed[path].version === wanted.version : wanted.optional),
  );
}

function installPackages() {
  console.log("Packages: installing (a minute or two the first time)");
  const started = Date.now();
  const result = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, PATH: systemPath, ONNXRUNTIME_NODE_INSTALL: "skip" },
  });
  if (result.status !== 0) {
    fail(
      'Packages: "npm ci" failed (see above). Check the connection to the package registry and try again.',
    );
  }
  console.log(`Packages: installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

/**
 * Runs the command and dies with it. The channel tells the command when this process is killed, and a
 * changed parent tells this process when npm is: so nothing stays behind, whatever is killed. (The
 * scripts say "exec", so that npm is the parent and passes signals on, which a shell between would not.)
 */
function handOver(command, args) {
  const child = spawn(join(BIN, "node"), [join(ROOT, `scripts/commands/${command}.ts`), ...args], {
    cwd: ROOT,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, PATH: `${BIN}${delimiter}${systemPath}` },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event && process.ppid !== parent) child.kill("SIGTERM");
  }, PARENT_CHECK_MS);
  child.on("exit", (code) => {
    clearInterval(watch);
    process.exit(code ?? 1);
  });
}

const [command, ...args] = process.argv.slice(2);
if (!command || !existsSync(join(ROOT, `scripts/commands/${command}.ts`))) {
  fail("Usage: node scripts/run.mjs start|dev|test|check|bench|reset");
}
console.log(`Machine: ${checkMachine()}`);
if (packagesAreInstalled()) console.log("Packages: already installed");
else installPackages();
handOver(command, args);
