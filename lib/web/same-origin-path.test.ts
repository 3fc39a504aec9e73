import { expect, test } from "vitest";
import { sameOriginPath } from "./same-origin-path.ts";

test.each(["/acme/events?state=dead", "/acme/health#queues", "/"])("%s is kept", (path) => {
  expect(sameOriginPath(path)).toBe(path);
});

test.each([
  "https://evil.example/acme",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "javascript:alert(1)",
  "acme/events",
  "/sign-in?callbackUrl=/sign-in",
  "/api/auth/signout",
  "",
  undefined,
  ["/acme"],
])("%s leads home instead", (path) => {
  expect(sameOriginPath(path, "/home")).toBe("/home");
});
