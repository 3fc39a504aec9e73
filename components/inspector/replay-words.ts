import type { DryRun } from "#/lib/inspector/replay-many.ts";

const many = (n: number, one: string, more: string) => `${n.toLocaleString("en")} ${n === 1 ? one : more}`;

/** What a replay would do, from its dry run. */
export function dryRunWords({ events, dead, deliveries, conversations, waiting }: DryRun): string {
  if (events + deliveries === 0)
    return waiting > 0
      ? "All of these still wait for their turn. There is nothing to replay."
      : "Nothing fits this filter any more. There is nothing to replay.";
  const parts = [
    ...(events > 0
      ? [
          `${many(events, "event", "events")} of ${many(conversations, "conversation", "conversations")} ${events === 1 ? "is" : "are"} worked on again, once each, with the profile and the knowledge as they are now${events > dead ? `; ${(events - dead).toLocaleString("en")} of them did not fail` : ""}.`,
        ]
      : []),
    ...(deliveries > 0 ? [`${many(deliveries, "delivery is", "deliveries are")} read again.`] : []),
    ...(events > 0 ? ["New cards replace the old ones; transcript lines stay."] : []),
    ...(waiting > 0
      ? [`${many(waiting, "event waits", "events wait")} for a turn and stay as they are.`]
      : []),
  ];
  return parts.join(" ");
}

const NAMES: Record<string, string> = {
  q: "words",
  errors: "errors",
  from: "from",
  to: "to",
};

/** A kept filter in a line: `state dead, cause 3fa2…`. */
export function filterWords(filter: Readonly<Record<string, string | string[]>>): string {
  const parts = Object.entries(filter).map(
    ([key, value]) => `${NAMES[key] ?? key} ${[value].flat().join(" or ")}`,
  );
  return parts.length === 0 ? "Everything" : parts.join(", ");
}
