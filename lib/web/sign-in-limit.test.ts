import { expect, test } from "vitest";
import { type Limiter, maySignIn } from "./sign-in-limit.ts";

function memoryLimiter(): Limiter {
  const uses = new Map<string, number>();
  return async (key, { limit }) => {
    const count = (uses.get(key) ?? 0) + 1;
    uses.set(key, count);
    return count <= limit;
  };
}

async function attempts(
  count: number,
  limiter: Limiter,
  attempt: (turn: number) => { address: string; email: string },
) {
  let last = true;
  for (let turn = 0; turn < count; turn += 1) last = await maySignIn(attempt(turn), limiter);
  return last;
}

test("one e-mail is limited over all addresses, whatever its letter case", async () => {
  const limiter = memoryLimiter();
  const attempt = (turn: number) => ({
    address: `a${turn}`,
    email: turn % 2 ? "ada@acme.test" : " ADA@acme.test",
  });
  expect(await attempts(10, limiter, attempt)).toBe(true);
  expect(await attempts(1, limiter, attempt)).toBe(false);
});

test("one address is limited over all e-mails", async () => {
  const limiter = memoryLimiter();
  const attempt = (turn: number) => ({ address: "192.0.2.1", email: `person${turn}@acme.test` });
  expect(await attempts(60, limiter, attempt)).toBe(true);
  expect(await maySignIn({ address: "192.0.2.1", email: "new@acme.test" }, limiter)).toBe(false);
  expect(await maySignIn({ address: "192.0.2.2", email: "other@acme.test" }, limiter)).toBe(true);
});
