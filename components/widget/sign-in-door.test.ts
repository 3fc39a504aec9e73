import { expect, test } from "vitest";
import { createSignInDoor, type DoorPage } from "./sign-in-door.ts";
import type { FinishAnswer, StartRequest } from "./sign-in-requests.ts";
import { SessionRefused } from "./widget-session.ts";

const ORIGIN = "https://assist.example";
const AGENT = {
  accessToken: "token",
  expiresAt: 1,
  user: { id: "kim" },
  organization: { id: "org" },
  organizationConfirmed: true,
  agentSession: "session",
  agentSessionEndsAt: 1,
};

/** A browser and a server whose every step the test takes. */
function aWorld(
  options: {
    blocked?: boolean;
    answers?: [string, FinishAnswer][];
    returned?: { ticket: string; keeper?: string };
  } = {},
) {
  const seen = {
    started: [] as StartRequest[],
    finished: [] as { ticket: string; proof?: string }[],
    left: [] as string[],
  };
  const answers = new Map<string, FinishAnswer>(options.answers);
  const popups: { closed: boolean; at: string; close(): void; location: { replace(url: string): void } }[] =
    [];
  const hearers = new Set<(event: { source: unknown; origin: string; data: unknown }) => void>();
  const timers = new Set<() => void>();
  let failing: Error | undefined;
  const page: DoorPage = {
    origin: ORIGIN,
    openWindow: () => {
      if (options.blocked) return null;
      const popup = {
        closed: false,
        at: "about:blank",
        close: () => {
          popup.closed = true;
        },
        location: {
          replace: (url: string) => {
            popup.at = url;
          },
        },
      };
      popups.push(popup);
      return popup;
    },
    leave: (url, keeper) => void seen.left.push(`${url} ${keeper.length}`),
    listen: (hear) => {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    every: (_, run) => {
      timers.add(run);
      return () => void timers.delete(run);
    },
  };
  const door = createSignInDoor({
    page,
    returned: options.returned && { keeper: undefined, ...options.returned },
    requests: {
      start: async (request) => {
        if (failing) throw failing;
        seen.started.push(request);
        const n = seen.started.length;
        return { ticket: `ticket-${n}`, authorizeUrl: `https://login.example/${n}` };
      },
      finish: async (request) => {
        seen.finished.push(request);
        const { proof = "" } = request;
        return (
          answers.get(`${request.ticket} ${proof}`) ?? answers.get(request.ticket) ?? { state: "pending" }
        );
      },
    },
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return {
    door,
    seen,
    answers,
    popups,
    settle,
    timers,
    fail: (error: Error) => {
      failing = error;
    },
    pass: async (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        for (const run of [...timers]) run();
        await settle();
      }
    },
    say: async (source: unknown, data: unknown, origin = ORIGIN) => {
      for (const hear of [...hearers]) hear({ source, origin, data });
      await settle();
    },
  };
}

test("the window's own word brings the agent in, and the window is closed", async () => {
  const { door, popups, answers, say, settle, seen, timers } = aWorld();
  door.open();
  expect(door.state()).toEqual({ kind: "opening" });
  await settle();
  expect(popups[0]?.at).toBe("https://login.example/1");
  expect(door.state()).toEqual({ kind: "away", closed: false });
  answers.set("ticket-1 WORD", { state: "ready", ...AGENT });
  await say(popups[0], { type: "omnibots.signed-in", code: "WORD" });
  expect(door.state()).toEqual({ kind: "in", agent: AGENT });
  expect(popups[0]?.closed).toBe(true);
  expect(seen.finished).toEqual([{ ticket: "ticket-1", proof: "WORD" }]);
  expect(timers.size).toBe(0);
});

test("no other window and no other origin can bring an agent in", async () => {
  const { door, popups, say, settle, seen } = aWorld();
  door.open();
  await settle();
  await say({}, { type: "omnibots.signed-in", code: "WORD" });
  await say(popups[0], { type: "omnibots.signed-in", code: "WORD" }, "https://evil.example");
  await say(popups[0], { type: "omnibots.signed-in", code: 7 });
  expect(seen.finished).toEqual([]);
});

test("a login that cuts the windows apart leaves the agent to type the word", async () => {
  const { door, answers, settle, pass } = aWorld();
  door.open();
  await settle();
  answers.set("ticket-1", { state: "arrived" });
  await pass(5);
  expect(door.state().kind).toBe("away");
  await pass(5);
  expect(door.state()).toEqual({ kind: "code", wrong: false });
  door.enterCode("wrong");
  await settle();
  expect(door.state()).toEqual({ kind: "code", wrong: true });
  answers.set("ticket-1 RIGHT", { state: "ready", ...AGENT });
  door.enterCode(" RIGHT ");
  await settle();
  expect(door.state()).toEqual({ kind: "in", agent: AGENT });
});

test("a closed window is said, and another sign-in makes the first one's answer worthless", async () => {
  const { door, popups, answers, say, settle, pass } = aWorld();
  door.open();
  await settle();
  const [first] = popups;
  first?.close();
  await pass(1);
  expect(door.state()).toEqual({ kind: "away", closed: true });
  door.open();
  await settle();
  answers.set("ticket-1 OLD", { state: "ready", ...AGENT });
  await say(first, { type: "omnibots.signed-in", code: "OLD" });
  expect(door.state()).toEqual({ kind: "away", closed: false });
});

test("what the server says went wrong is said, with the way back open", async () => {
  const { door, answers, settle, pass } = aWorld();
  door.open();
  await settle();
  answers.set("ticket-1", { state: "failed", reason: "You did not allow the sign-in." });
  await pass(5);
  expect(door.state()).toEqual({ kind: "out", problem: "You did not allow the sign-in." });
});

test("where no window opens, or the agent wants none, the frame itself goes", async () => {
  for (const blocked of [true, false]) {
    const { door, seen, settle, popups } = aWorld({ blocked });
    if (blocked) door.open();
    else door.openHere();
    await settle();
    expect(seen.started).toEqual([{ mode: "redirect", keeper: expect.stringMatching(/^[\w-]{72}$/) }]);
    expect(seen.left).toEqual(["https://login.example/1 72"]);
    expect(popups).toEqual([]);
  }
});

test("an agent whom the window led nowhere may still go in this frame, and the window is closed", async () => {
  const { door, seen, settle, popups } = aWorld();
  door.open();
  await settle();
  door.openHere();
  await settle();
  expect(popups.map(({ closed }) => closed)).toEqual([true]);
  expect(seen.started.map(({ mode }) => mode)).toEqual(["popup", "redirect"]);
  expect(seen.left).toEqual(["https://login.example/2 72"]);
});

test("a frame that comes back shows what it kept; one that kept nothing is not let in", async () => {
  const back = aWorld({ returned: { ticket: "back", keeper: "kept" } });
  expect(back.seen.finished).toEqual([{ ticket: "back", proof: "kept" }]);
  const stranger = aWorld({
    returned: { ticket: "back" },
    answers: [["back", { state: "arrived", wrong: true }]],
  });
  await stranger.settle();
  expect(stranger.door.state()).toMatchObject({
    kind: "out",
    problem: expect.stringContaining("another window"),
  });
});

test("a start that fails says why and closes its empty window", async () => {
  const { door, fail, settle, popups } = aWorld();
  fail(new SessionRefused("status 401"));
  door.open();
  await settle();
  expect(door.state()).toMatchObject({ kind: "out", problem: expect.stringContaining("not valid") });
  expect(popups[0]?.closed).toBe(true);
  fail(new TypeError("network"));
  door.open();
  await settle();
  expect(door.state()).toMatchObject({ kind: "out", problem: expect.stringContaining("network") });
});
