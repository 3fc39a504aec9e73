import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ENV, readEnv } from "./env.ts";

/** Set-up's own variables, which no process reads. */
const SET_UP = [
  "DATABASE_URL",
  "DATA_DIR",
  "POSTGRES_PORT",
  "REDIS_PORT",
  "NEXT_DIST_DIR",
  "CHROMIUM_PATH",
  "EVAL_DATA_DIR",
];

test(".env.example names every variable that a process reads, and no other", () => {
  const text = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
  const example = [...text.matchAll(/^#?\s?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
  const read = new Set(Object.values(ENV).flatMap((schema) => Object.keys(schema.shape)));
  const sandbox = [
    "SANDBOX_PORT",
    "SANDBOX_GENESYS_PORT",
    "SANDBOX_8X8_PORT",
    "SANDBOX_FIVE9_PORT",
    "SANDBOX_SALESFORCE_PORT",
    "SANDBOX_GOOGLE_PORT",
    "SANDBOX_HOST",
  ];
  expect(new Set(example)).toEqual(new Set([...read, ...SET_UP, ...sandbox]));
});

test("what is wrong is named, all of it at once", () => {
  expect(() => readEnv("realtime", { APP_DATABASE_URL: "mysql://x", REALTIME_PORT: "99999" })).toThrow(
    /APP_DATABASE_URL.*REDIS_URL.*WIDGET_TOKEN_SECRET.*REALTIME_PORT/,
  );
});

test("an empty variable counts as absent", () => {
  const env = readEnv("realtime", {
    APP_DATABASE_URL: "postgres://a@b/c",
    REDIS_URL: "redis://r",
    WIDGET_TOKEN_SECRET: "w".repeat(32),
    REALTIME_PORT: "",
  });
  expect(env.REALTIME_PORT).toBe(3001);
});
