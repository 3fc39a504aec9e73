import { UnrecoverableError } from "bullmq";
import { expect, test } from "vitest";
import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { jobHandler } from "./job-handler.ts";

const payload = z.object({ id: z.string() });

test("a payload that does not parse is never tried again", async () => {
  const handle = jobHandler(payload, async () => {});
  await expect(handle({ data: { id: 1 } })).rejects.toBeInstanceOf(UnrecoverableError);
});

test("a failure that another attempt can mend stays retryable", async () => {
  const handle = jobHandler(payload, async () => {
    throw new AppError("upstream_unavailable", "Gone for now.");
  });
  await expect(handle({ data: { id: "1" } })).rejects.toMatchObject({ name: "AppError" });
});

test("the use case gets the parsed payload", async () => {
  const handle = jobHandler(payload, async ({ id }) => id);
  expect(await handle({ data: { id: "1" } })).toBe("1");
});
