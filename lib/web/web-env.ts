import { type ProcessEnv, readEnv } from "#/lib/env.ts";

let parsed: ProcessEnv<"web"> | undefined;

/** The web process's environment, parsed at its first use: a build has none and needs none. */
export function webEnv(): ProcessEnv<"web"> {
  parsed ??= readEnv("web");
  return parsed;
}
