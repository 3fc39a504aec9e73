import { expect, test } from "vitest";
import { until } from "../testing/listening.ts";
import { aTone, loudnessDetector } from "./test-doubles.ts";
import { VoiceListener, type VoiceSource } from "./voice-listener.ts";

/** Brings one frame and tells what comes of it. */
function aSource(id: number, heard: () => void): VoiceSource {
  const frames = [aTone(32)];
  return { id, takeFrames: () => frames.shift() ?? new Int16Array(), heard };
}

test("a stream that fails to take its answer leaves no later one deaf, and is told of", async () => {
  const faults: unknown[] = [];
  const heard: number[] = [];
  const listener = new VoiceListener({
    startVoiceDetector: async () => loudnessDetector(),
    startDeadlineMs: 1000,
    deadlineMs: 1000,
    onChange: () => undefined,
    onFault: (error) => faults.push(error),
  });
  await listener.begin();
  const fault = new Error("broken listener");
  const broken = () => {
    throw fault;
  };
  listener.add(aSource(1, broken));
  listener.add(aSource(2, () => heard.push(2)));
  listener.wake();
  await until(() => heard.length === 1);
  expect(faults).toEqual([fault]);
  await listener.close();
});
