import { execFileSync, spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { SetupError } from "./report.ts";

/** The first of these programs that the PATH has, as a whole path. */
export function findProgram(names: readonly string[]): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin", "/usr/sbin"];
  for (const name of names) {
    for (const folder of folders) {
      const file = join(folder, name);
      if (isExecutable(file)) return file;
    }
  }
  return undefined;
}

/** Installs one package of the system's; without the means to, one sentence says what a person can do. */
export function installSystemPackage(name: string, purpose: string): void {
  const remedy = `Run "apt-get install -y --no-install-recommends ${name}" as root and try again.`;
  if (!findProgram(["apt-get"])) {
    throw new SetupError(`${purpose} is missing and this system has no apt-get: install ${name} by hand.`);
  }
  const prefix = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  if (prefix.length > 0 && spawnSync("sudo", ["-n", "true"]).status !== 0) {
    throw new SetupError(`${purpose} is missing, and installing it needs root. ${remedy}`);
  }
  const apt = (...args: string[]) => {
    const [command = "", ...rest] = [
      ...prefix,
      ...["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"],
      ...args,
    ];
    execFileSync(command, rest, { stdio: ["ignore", "ignore", "inherit"] });
  };
  const install = ["install", "-y", "--no-install-recommends", name];
  try {
    try {
      apt(...install);
    } catch {
      // The package lists of a fresh machine are empty or old.
      apt("update");
      apt(...install);
    }
  } catch {
    throw new SetupError(`${purpose} could not be installed (see above). ${remedy}`);
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
