import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";

/**
 * Makes the demo calls from their scripts: `node sandbox/demo-calls/synthesize.ts`. The results are committed,
 * so nobody needs festival, flite and sox to run the product. Left is the customer, right the agent, which
 * is how the sandbox reads a recording.
 */
type Line = { speaker: "customer" | "agent"; text: string; pauseMs: number };

const CONTENT = resolve(import.meta.dirname, "../../drizzle/seed/content/calls");
const RATE = 8000;

const work = mkdtempSync(join(tmpdir(), "demo-calls-"));
try {
  for (const script of ["demo-1.json", "demo-2.json"]) synthesizeCall(join(CONTENT, script));
} finally {
  rmSync(work, { recursive: true });
}

function synthesizeCall(script: string): void {
  const lines: Line[] = JSON.parse(readFileSync(script, "utf8"));
  const sides = { customer: [silence(400)], agent: [silence(400)] };
  for (const [index, line] of lines.entries()) {
    const spoken = speak(line, index);
    const quiet = silence(durationMs(spoken));
    const pause = silence(line.pauseMs);
    sides[line.speaker].push(spoken, pause);
    sides[line.speaker === "customer" ? "agent" : "customer"].push(quiet, pause);
  }
  const customer = join(work, "customer.wav");
  const agent = join(work, "agent.wav");
  sox(...sides.customer, customer);
  sox(...sides.agent, agent);
  const target = join(CONTENT, `${basename(script, ".json")}.wav`);
  sox("-M", customer, agent, "-e", "mu-law", "-b", "8", target);
}

/** The customer is festival's HTS voice, the agent flite's: two people, both understood well at 8 kHz. */
function speak(line: Line, index: number): string {
  const raw = join(work, `${index}-raw.wav`);
  const wav = join(work, `${index}.wav`);
  if (line.speaker === "customer") {
    execFileSync("text2wave", ["-eval", "(voice_cmu_us_slt_arctic_hts)", "-o", raw], { input: line.text });
  } else {
    execFileSync("flite", ["-voice", "rms", "-t", line.text, "-o", raw]);
  }
  sox(raw, "-r", String(RATE), "-c", "1", "-b", "16", wav, "norm", "-4", "highpass", "200");
  return wav;
}

function silence(ms: number): string {
  const path = join(work, `silence-${ms}.wav`);
  sox("-n", "-r", String(RATE), "-c", "1", "-b", "16", path, "trim", "0", String(ms / 1000));
  return path;
}

function durationMs(path: string): number {
  return Number(execFileSync("soxi", ["-D", path], { encoding: "utf8" })) * 1000;
}

function sox(...args: string[]): void {
  execFileSync("sox", ["-R", ...args], { stdio: ["ignore", "ignore", "inherit"] });
}
