import type { Capability, Manifest } from "./manifest.ts";

const NONE = "--";

function cell({ is, via }: Capability): string {
  if (is === "no") return NONE;
  const word = is === "yes" ? "Yes" : "Optional";
  return via ? `${word} (${via})` : word;
}

/** The rows of the comparison table; every cell is a fact of a manifest. */
export const COMPARISON: readonly { feature: string; of: (manifest: Manifest) => string }[] = [
  { feature: "Voice transcription", of: ({ voice }) => voice.join(" / ") || NONE },
  { feature: "Chat support", of: ({ capabilities }) => cell(capabilities.chat) },
  { feature: "Event delivery", of: ({ events }) => events.join(" + ") },
  { feature: "Suggestion source", of: ({ suggestionSource }) => suggestionSource },
  { feature: "Queue/skill routing", of: ({ routing }) => routing },
  { feature: "Send message", of: ({ capabilities }) => cell(capabilities.sendMessage) },
  { feature: "Save summary", of: ({ capabilities }) => cell(capabilities.saveSummary) },
];
