import { expect, test, vi } from "vitest";
import { Supervisor } from "./supervisor.ts";

async function aSupervisor() {
  const { promise: exited, resolve: die } = Promise.withResolvers<void>();
  const listen = vi.spyOn(exited, "then");
  const worker = { exited, close: () => {} };
  const start = async () => worker;
  const supervisor = new Supervisor({ start, startDeadlineMs: 1000, onChange: () => {} });
  await supervisor.begin();
  return { supervisor, die, listeners: () => listen.mock.calls.length };
}

test("a run leaves nothing behind on a worker that lives for days", async () => {
  const { supervisor, listeners } = await aSupervisor();
  const before = listeners();
  for (let run = 0; run < 20; run++) expect(await supervisor.run(async () => run, 1000)).toBe(run);
  expect(listeners()).toBe(before);
});

test("a worker that dies in the middle of a run ends it", async () => {
  const { supervisor, die } = await aSupervisor();
  const run = supervisor.run(() => new Promise<never>(() => {}), 60_000);
  die();
  await expect(run).rejects.toMatchObject({ code: "upstream_unavailable", message: /died/ });
  await supervisor.close();
});
