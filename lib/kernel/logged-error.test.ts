import { DrizzleQueryError } from "drizzle-orm";
import { expect, test } from "vitest";
import { AppError } from "./app-error.ts";
import { loggedError } from "./logged-error.ts";

const SAID = "my card number is 4111";

test("a failed query leaves its text and the reason, never what it was given", () => {
  const refused = Object.assign(new Error("duplicate key"), {
    code: "23505",
    detail: `Key (text)=(${SAID})`,
  });
  const failed = new DrizzleQueryError("insert into events values ($1)", [SAID], refused);
  const kept = loggedError(
    new AppError("upstream_unavailable", "It could not be stored.", { cause: failed }),
  );

  expect(JSON.stringify(kept)).not.toContain(SAID);
  expect(kept).toMatchObject({
    type: "AppError",
    code: "upstream_unavailable",
    cause: { message: "Failed query: insert into events values ($1)", cause: { code: "23505" } },
  });
});

test("a value that Postgres quotes stays out", () => {
  const refused = Object.assign(new Error(`invalid input syntax for type json: "${SAID}"`), {
    severity: "ERROR",
    code: "22P02",
  });
  expect(JSON.stringify(loggedError(refused))).not.toContain(SAID);
});

test("frames are kept without the message that stands above them", () => {
  expect(loggedError(new Error("no")).stack).toMatch(/^\s+at /);
});

test("what is no Error says no more than its type", () => {
  expect(loggedError(SAID)).toEqual({ type: "string", message: "not an Error" });
});
