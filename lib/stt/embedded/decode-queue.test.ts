import { expect, test } from "vitest";
import { DecodeQueue, type Rank } from "./decode-queue.ts";
import type { Transcript } from "./moonshine.ts";
import { aDecoder } from "./test-doubles.ts";

const REQUEST = { samples: new Int16Array(800), speech: true };
const TRANSCRIPT: Transcript = { text: "yes", confidence: 0.9 };

async function aQueue(decoder = aDecoder()): Promise<DecodeQueue> {
  const queue = new DecodeQueue({
    decoders: 1,
    startDecoder: async () => decoder,
    startDeadlineMs: 1000,
    deadlineMs: 1000,
    onChange: () => undefined,
  });
  await queue.begin();
  return queue;
}

/** A job that writes its name down when it is taken and when it is settled. */
function aJob(name: string, rank: Rank, log: string[]) {
  const done = Promise.withResolvers<Transcript | undefined>();
  const job = {
    rank,
    take: () => {
      log.push(name);
      return REQUEST;
    },
    settle: (transcript: Transcript | undefined) => done.resolve(transcript),
  };
  return { job, done: done.promise };
}

test("finals come before likely finals, and those before the text so far", async () => {
  const log: string[] = [];
  const queue = await aQueue();
  const jobs = [
    aJob("running", "final", log),
    aJob("so far", "interim", log),
    aJob("likely", "likely-final", log),
    aJob("final", "final", log),
  ];
  for (const { job } of jobs) queue.submit(job);
  await Promise.all(jobs.map(({ done }) => done));
  expect(log).toEqual(["running", "final", "likely", "so far"]);
  await queue.close();
});

test("a likely final that came true overtakes others", async () => {
  const log: string[] = [];
  const queue = await aQueue();
  const [running, other, promoted] = [
    aJob("running", "final", log),
    aJob("other", "likely-final", log),
    aJob("promoted", "likely-final", log),
  ];
  for (const { job } of [running, other, promoted]) queue.submit(job);
  queue.promote(promoted.job);
  await other.done;
  expect(log).toEqual(["running", "promoted", "other"]);
  await queue.close();
});

test("the text so far makes room for a final", async () => {
  const log: string[] = [];
  const stopped = Promise.withResolvers<undefined>();
  let first = true;
  const decoder = aDecoder(async () => {
    if (!first) return TRANSCRIPT;
    first = false;
    return await stopped.promise;
  });
  const cancel = decoder.cancel;
  decoder.cancel = () => {
    cancel();
    stopped.resolve(undefined);
  };
  const queue = await aQueue(decoder);
  const soFar = aJob("so far", "interim", log);
  const final = aJob("final", "final", log);
  queue.submit(soFar.job);
  queue.submit(final.job);
  expect(await soFar.done).toBeUndefined();
  expect(await final.done).toEqual(TRANSCRIPT);
  await queue.close();
});

test("what has been withdrawn is not decoded", async () => {
  const log: string[] = [];
  const queue = await aQueue();
  const running = aJob("running", "final", log);
  const withdrawn = aJob("withdrawn", "likely-final", log);
  const last = aJob("last", "likely-final", log);
  for (const { job } of [running, withdrawn, last]) queue.submit(job);
  queue.withdraw(withdrawn.job);
  await last.done;
  expect(log).toEqual(["running", "last"]);
  await queue.close();
});
