import { durationWords } from "../ui/time-words.ts";

const WORDS: Record<string, [one: string, many: string]> = {
  calls: ["call", "calls"],
  sockets: ["socket", "sockets"],
  widgets: ["widget", "widgets"],
  deliveries: ["delivery worked", "deliveries worked"],
  drains: ["conversation worked", "conversations worked"],
  documents: ["document indexed", "documents indexed"],
  lostResults: ["result lost", "results lost"],
  waitingResults: ["result waiting", "results waiting"],
  refusedUpgrades: ["call refused", "calls refused"],
  repeatedNonces: ["repeated nonce", "repeated nonces"],
  "handshakeMs.count": ["handshake", "handshakes"],
};

/** Shown even at zero: a reader looks for them. */
const ALWAYS = new Set(["calls", "widgets"]);

/** A process's own gauges in words, those that are zero left out. */
export function figureWords(figures: Record<string, number>): string {
  return Object.entries(figures)
    .filter(([name, value]) => value !== 0 || ALWAYS.has(name))
    .map(([name, value]) => words(name, value))
    .join(" · ");
}

function words(name: string, value: number): string {
  const known = WORDS[name];
  if (!known && name.startsWith("handshakeMs.")) return `handshake ${name.slice(12)} ${durationWords(value)}`;
  if (!known && name.endsWith("Ms")) return `${spaced(name.slice(0, -2))} ${durationWords(value)}`;
  const [one, many] = known ?? [spaced(name), spaced(name)];
  return `${value.toLocaleString("en")} ${value === 1 ? one : many}`;
}

/** `lostAudioFrames` reads `lost audio frames`. */
function spaced(name: string): string {
  return name
    .replace(/[.]/g, " ")
    .replace(/([a-z])([A-Z])/g, (_, end, start) => `${end} ${start.toLowerCase()}`);
}
