import fc from "fast-check";
import { expect, test } from "vitest";
import { FRAME_SAMPLES } from "../audio-format.ts";
import { Inbox } from "./inbox.ts";

const step = fc.oneof(
  fc.record({ kind: fc.constant("push" as const), length: fc.integer({ min: 1, max: 900 }) }),
  fc.record({ kind: fc.constant("take" as const), frames: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant("mark" as const) }),
);

test("whatever comes in goes out once and in order, or is counted as lost", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const inbox = new Inbox(1500);
      let pushed = 0;
      let position = 0;
      const taken = (samples: Int16Array) => {
        for (const sample of samples) expect(sample).toBe(position++);
      };
      const interruptions = () => {
        for (let entry = inbox.takeInterruption(); entry; entry = inbox.takeInterruption()) {
          if (entry.kind === "audio") taken(entry.samples);
          else if (entry.kind === "lost") position += entry.length;
          else entry.run();
        }
      };
      for (const todo of steps) {
        if (todo.kind === "push") {
          inbox.push(Int16Array.from({ length: todo.length }, (_, i) => pushed + i));
          pushed += todo.length;
        } else if (todo.kind === "mark") {
          const expected = pushed;
          inbox.mark(() => expect(position).toBe(expected));
        } else {
          interruptions();
          const frames = inbox.takeFrames(todo.frames);
          expect(frames.length % FRAME_SAMPLES).toBe(0);
          taken(frames);
        }
      }
      inbox.mark(() => undefined);
      while (!inbox.isEmpty) {
        interruptions();
        taken(inbox.takeFrames(4));
      }
      expect(position).toBe(pushed);
    }),
  );
});
