import { expect, test } from "vitest";
import { summarizeProcesses } from "./read-processes.ts";

const NOW = 1_000_000;
const beat = (ago: number, figures: Record<string, number> = {}, instance = "a") => ({
  process: "audiohook",
  instance,
  startedAt: NOW - 500_000,
  at: NOW - ago,
  memoryMb: 100,
  figures,
});

test("a process is running, silent or absent by its last beat", () => {
  const stateAfter = (ago: number) => summarizeProcesses(["audiohook"], [beat(ago)], NOW)[0]?.state;
  expect(stateAfter(4_000)).toBe("running");
  expect(stateAfter(20_000)).toBe("silent");
  expect(summarizeProcesses(["jobs"], [beat(0)], NOW)[0]?.state).toBe("absent");
  expect(summarizeProcesses(["jobs"], undefined, NOW)[0]?.state).toBe("unknown");
});

test("copies are counted and their figures added, of times the worst one counts", () => {
  const copies = [
    beat(0, { calls: 2, "handshakeMs.p99": 40 }),
    beat(0, { calls: 3, "handshakeMs.p99": 90 }, "b"),
    beat(30_000, { calls: 50 }, "gone"),
  ];
  expect(summarizeProcesses(["audiohook"], copies, NOW)[0]).toMatchObject({
    replicas: 2,
    memoryMb: 200,
    figures: { calls: 5, "handshakeMs.p99": 90 },
  });
});
