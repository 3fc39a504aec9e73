import { expect, test } from "vitest";
import { ENVIRONMENTS, environmentSchema, hostsOf, REGION_IDS } from "./hosts.ts";

test("each of the 18 regions has https hosts of its own domain", () => {
  expect(REGION_IDS).toHaveLength(18);
  const all = REGION_IDS.map((region) => hostsOf(region, {}));
  expect(new Set(all.map(({ api }) => api)).size).toBe(18);
  expect(hostsOf("eu-central-1", {})).toEqual({
    login: "https://login.mypurecloud.de",
    api: "https://api.mypurecloud.de",
    apps: "https://apps.mypurecloud.de",
  });
});

test("the sandbox is a region only where one runs", () => {
  expect(ENVIRONMENTS).toContain("sandbox");
  expect(() => hostsOf("sandbox", {})).toThrow(/sandbox is off/);
  expect(hostsOf("sandbox", { genesys: "http://localhost:3101/" }).api).toBe("http://localhost:3101");
});

test("a region is a name of the list and never a host", () => {
  for (const strange of ["https://evil.example", "mypurecloud.com", "", "constructor"]) {
    expect(environmentSchema.safeParse(strange).success).toBe(false);
  }
});
