import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT, type Settings } from "./settings.ts";

/** Generated once. With a database of the operator's own they lie where a reset does not reach. */
export type Secrets = {
  keyRing: string;
  nextAuthSecret: string;
  widgetTokenSecret: string;
  sandboxToken: string;
  ownerPassword: string;
  appPassword: string;
  redisPassword: string;
  demoPassword: string;
};

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

export function secretsFile(settings: Pick<Settings, "databaseUrl" | "dataDir">): string {
  const folder = settings.databaseUrl ? join(ROOT, ".omnibots-keys") : settings.dataDir;
  return join(folder, "secrets.json");
}

/** Reads the secrets, and adds those that an older file lacks. */
export function ensureSecrets(file: string): { secrets: Secrets; created: boolean } {
  const created = !existsSync(file);
  const stored: Partial<Secrets> = created ? {} : JSON.parse(readFileSync(file, "utf8"));
  const secrets = { ...generate(), ...stored };
  if (Object.keys(secrets).length !== Object.keys(stored).length) save(file, secrets);
  return { secrets, created };
}

function generate(): Secrets {
  const token = () => randomBytes(32).toString("base64url");
  return {
    keyRing: `k1:${randomBytes(32).toString("base64")}`,
    nextAuthSecret: token(),
    widgetTokenSecret: token(),
    sandboxToken: token(),
    ownerPassword: token(),
    appPassword: token(),
    redisPassword: token(),
    demoPassword: readablePassword(),
  };
}

/** Typed by people from a terminal's line: no letters that look alike. 60 bits. */
function readablePassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz023456789";
  const groups = [...randomBytes(12)].map((byte) => letters[byte % letters.length]).join("");
  return `${groups.slice(0, 4)}-${groups.slice(4, 8)}-${groups.slice(8)}`;
}

/** A half-written file would lock everyone out of what is sealed: write beside, then rename. */
function save(file: string, secrets: Secrets): void {
  mkdirSync(dirname(file), { recursive: true, mode: FOLDER_MODE });
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: FILE_MODE });
  renameSync(`${file}.new`, file);
}
