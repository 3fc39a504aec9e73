import type { Recognition } from "#/lib/stt/speech-engine.ts";
import type { Call, CallGap, CallSink, NoticeCode } from "../ports.ts";

/** Notes each delivery as one line; refuses as many as it is told to. */
export class MemorySink implements CallSink {
  readonly lines: string[] = [];
  readonly calls: Call[] = [];
  readonly utteranceIds: string[] = [];
  readonly states: string[] = [];
  refusals = 0;

  started(call: Call): void {
    this.#take(`started ${call.conversationId}`);
    this.calls.push(call);
  }

  interim(_call: Call, speaker: string, recognition: Recognition): void {
    this.lines.push(`interim ${speaker}: ${recognition.text}`);
  }

  final(_call: Call, speaker: string, recognition: Recognition): void {
    this.#take(`${speaker}: ${recognition.text}`);
    this.utteranceIds.push(recognition.utteranceId);
  }

  gap(_call: Call, { speaker, startMs, durationMs, reason }: CallGap): void {
    this.#take(`gap ${speaker ?? "both"} ${startMs}+${durationMs} ${reason}`);
  }

  notice(_call: Call, code: NoticeCode, language: string | undefined): void {
    this.#take(`notice ${code} ${language}`);
  }

  state(_call: Call, state: "paused" | "live"): void {
    this.states.push(state);
  }

  ended(_call: Call, reason: string): void {
    this.#take(`ended ${reason}`);
  }

  #take(line: string): void {
    if (this.refusals > 0) {
      this.refusals -= 1;
      throw new Error("sink refuses");
    }
    this.lines.push(line);
  }
}
