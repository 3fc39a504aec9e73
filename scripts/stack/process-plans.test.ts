import { expect, test } from "vitest";
import { processPlans } from "./process-plans.ts";
import type { Secrets } from "./secrets.ts";
import { readSettings } from "./settings.ts";

const URLS = { owner: "postgres://owner", app: "postgres://app", redis: "redis://here" };

function secretsSeenBy(name: string): string[] {
  const own = {
    KEY_RING: "secret",
    WIDGET_TOKEN_SECRET: "secret",
    SANDBOX_TOKEN: "secret",
    NEXTAUTH_SECRET: "secret",
    DATABASE_URL: "secret",
  };
  const settings = readSettings({ ...own, SANDBOX: "on" }, "start");
  const plan = processPlans(settings, URLS, {} as Secrets).find((each) => each.name === name);
  return Object.keys(own).filter((variable) => plan?.env[variable] !== undefined);
}

test.each([
  ["realtime", ["WIDGET_TOKEN_SECRET"]],
  ["audiohook", ["KEY_RING"]],
  ["ingest", ["KEY_RING"]],
  ["jobs", ["KEY_RING"]],
  ["subscriptions", ["KEY_RING"]],
  ["sandbox", ["SANDBOX_TOKEN"]],
])("%s sees its own secrets only, also where a person has set them all", (name, seen) => {
  expect(secretsSeenBy(name)).toEqual(seen);
});
