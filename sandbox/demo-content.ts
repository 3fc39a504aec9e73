import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as z from "zod";
import { type Recording, readWav } from "./audio/wav.ts";

const CONTENT = resolve(import.meta.dirname, "../drizzle/seed/content");

const scriptSchema = z.array(
  z.object({ speaker: z.enum(["customer", "agent"]), text: z.string(), pauseMs: z.number().nonnegative() }),
);
export type Script = z.output<typeof scriptSchema>;

export const DEMO_CALLS = ["demo-1", "demo-2"] as const;
export type DemoCall = (typeof DEMO_CALLS)[number];

export function readDemoCall(name: DemoCall): Recording {
  return readWav(readFileSync(resolve(CONTENT, "calls", `${name}.wav`)));
}

export function readDemoChat(): Script {
  return scriptSchema.parse(JSON.parse(readFileSync(resolve(CONTENT, "chats/demo-1.json"), "utf8")));
}
