import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy.ts";

const POLICY = {
  nonce: "abc",
  frameAncestors: "'none'",
  connect: ["https://live.example.com/path", "ws://localhost:3001"],
  development: false,
};

test("scripts run by nonce only, and evaluate nothing in production", () => {
  const policy = contentSecurityPolicy(POLICY);
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).not.toContain("unsafe-eval");
});

test("a service may be reached over HTTP and over its socket", () => {
  expect(contentSecurityPolicy(POLICY)).toContain(
    "connect-src 'self' https://live.example.com wss://live.example.com http://localhost:3001 ws://localhost:3001;",
  );
});

test("an address that is none adds nothing", () => {
  expect(contentSecurityPolicy({ ...POLICY, connect: ["'unsafe-inline'; script-src *"] })).toContain(
    "connect-src 'self';",
  );
});

test("the frame rule is the connection's", () => {
  const policy = contentSecurityPolicy({ ...POLICY, frameAncestors: "https://desk.example.com" });
  expect(policy).toMatch(/frame-ancestors https:\/\/desk\.example\.com$/);
});

test("what a tenant typed as a host cannot add a rule of its own", () => {
  const typed = "https://*.mypurecloud.de https://a.example;script-src * http://localhost:3100 data:";
  expect(contentSecurityPolicy({ ...POLICY, frameAncestors: typed })).toMatch(
    /frame-ancestors https:\/\/\*\.mypurecloud\.de http:\/\/localhost:3100$/,
  );
  expect(contentSecurityPolicy({ ...POLICY, frameAncestors: ";" })).toMatch(/frame-ancestors 'none'$/);
});
