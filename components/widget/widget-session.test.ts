import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "#/lib/kernel/app-error.ts";
import { broughtSession, createTokenKeeper, type Session, SessionRefused } from "./widget-session.ts";

const aSession = (token: string, changes: Partial<Session> = {}): Session => ({
  token,
  expiresInSeconds: 300,
  realtimeUrl: "https://live.example",
  conversationId: "c-1",
  ...changes,
});

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

test("a session that the page brings is fetched there anew, well before it ends", async () => {
  let fetched = 0;
  const first = await broughtSession(Promise.resolve(aSession("one")));
  const keeper = createTokenKeeper(first, async () => {
    fetched += 1;
    return aSession(`another ${fetched}`);
  });
  expect(keeper.nextRenewalInMs()).toBe(180_000);
  vi.setSystemTime(179_000);
  expect(await keeper.current()).toBe("one");
  vi.setSystemTime(180_000);
  expect(await keeper.current()).toBe("another 1");
  vi.setSystemTime(360_000);
  expect(await keeper.renewed()).toEqual({ token: "another 2", nextInMs: 180_000 });
  expect(fetched).toBe(2);
});

test("the page's no is final and keeps its words; its trouble is not", async () => {
  const no = Promise.reject(new AppError("forbidden", "The permission set is missing."));
  await expect(broughtSession(no)).rejects.toMatchObject({
    name: "SessionRefused",
    reason: "The permission set is missing.",
  });
  const trouble = Promise.reject(new AppError("upstream_unavailable", "No answer."));
  await expect(broughtSession(trouble)).rejects.not.toBeInstanceOf(SessionRefused);
});
