import { type Call, type CallOptions, FRAME_MS } from "./call-options.ts";
import { CallSession } from "./call-session.ts";
import { msOfSamples, samplesOfMs } from "./stream-time.ts";

/**
 * Places a call the way the platform does: connects, signs, opens, streams in real time, answers
 * pauses, pings, closes, and holds the server to the protocol. Progress arrives through `onEvent`.
 */
export function startCall(options: CallOptions): Call {
  const session = new CallSession(options);
  const call: Call = {
    conversationId: session.conversationId,
    sessionId: session.sessionId,
    pause: () => session.tell((audio) => !audio.isPausedBy("client") && audio.pausedBy("client")),
    resume: () => session.tell((audio) => audio.isPausedBy("client") && audio.resumedBy("client")),
    discard: (ms) => session.tell((audio) => audio.discard(ms)),
    setLanguage: (language) => session.tell((_audio, outbox) => outbox.send("update", { language })),
    hangUp: () => session.hangUp(),
    cut: () => session.cut(),
    positionMs: () => session.positionMs(),
    done: session.done,
  };
  scheduleByStreamTime(options, call);
  return call;
}

/** What the options want to happen at a moment of the stream is done as its frames go by. */
function scheduleByStreamTime(options: CallOptions, call: Call): void {
  const plan: { at: number; act: () => void }[] = [
    ...(options.pauseAt ?? []).flatMap(({ atMs, forMs }) => [
      { at: atMs, act: () => call.pause() },
      { at: atMs + forMs, act: () => call.resume() },
    ]),
    ...(options.discardAt ?? []).map(({ atMs, forMs }) => ({ at: atMs, act: () => call.discard(forMs) })),
    ...(options.hangUpAtMs === undefined ? [] : [{ at: options.hangUpAtMs, act: () => call.hangUp() }]),
    ...(options.cutAtMs === undefined ? [] : [{ at: options.cutAtMs, act: () => call.cut() }]),
  ]
    .map(({ at, act }) => ({ at: samplesOfMs(at), act }))
    .sort((a, b) => a.at - b.at);
  if (plan.length === 0) return;
  const frameMs = (options.frameMs ?? FRAME_MS) / (options.speed ?? 1);
  const timer = setInterval(
    () => {
      const position = samplesOfMs(call.positionMs());
      while (plan[0] && plan[0].at <= position) plan.shift()?.act();
    },
    Math.max(5, Math.min(frameMs, msOfSamples(800))),
  );
  void call.done.then(() => clearInterval(timer));
}
