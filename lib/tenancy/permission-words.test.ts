import { expect, test } from "vitest";
import { PERMISSION_GROUPS } from "./permission-words.ts";
import { ALL_PERMISSIONS, builtInRole, mayHandle, ownRole } from "./permissions.ts";

test("every permission can be given in the form of a role, each once", () => {
  const shown = PERMISSION_GROUPS.flatMap(({ permissions }) => permissions.map(({ id }) => id));
  expect([...shown].sort()).toEqual([...ALL_PERMISSIONS].sort());
});

test("an owner handles everybody, others nobody above them", () => {
  expect(mayHandle(builtInRole("owner"), builtInRole("owner"))).toBe(true);
  expect(mayHandle(builtInRole("admin"), builtInRole("owner"))).toBe(false);
  expect(mayHandle(builtInRole("support"), builtInRole("admin"))).toBe(false);
  expect(mayHandle(builtInRole("admin"), builtInRole("support"))).toBe(true);
});

test("a stored permission that this version does not know allows nothing", () => {
  expect(ownRole({ id: "r", name: "R", permissions: ["everything", "events:read"] }).permissions).toEqual([
    "events:read",
  ]);
});
