import { ROW_STATES, ROW_TYPES } from "#/lib/inspector/inspector-filter.ts";
import type { Filter } from "../ui/filter-chips.tsx";
import { shortenId } from "../ui/shorten.ts";
import { typeWord } from "./event-words.ts";

const STATE_WORDS = { pending: "Pending", done: "Done", dead: "Dead", parked: "Parked" } as const;

const RANGE_OPTIONS = [
  { value: "15m", label: "Last 15 minutes" },
  { value: "1h", label: "Last hour" },
  { value: "24h", label: "Last 24 hours" },
  { value: "7d", label: "Last 7 days" },
];

type Connection = { id: string; name: string };

/** What stands in an address without being in the menu: it comes from a link, and can only be taken away. */
type Linked = { conversation: string | undefined; from: string | undefined; to: string | undefined };

/** The inspector's filters; those that only a link sets are among them while they are set. */
export function inspectorFilters(connections: readonly Connection[], linked: Linked): Filter[] {
  return [
    { key: "errors", label: "Errors", options: [{ value: "only", label: "Errors only" }] },
    {
      key: "state",
      label: "State",
      options: ROW_STATES.map((value) => ({ value, label: STATE_WORDS[value] })),
    },
    { key: "type", label: "Type", options: ROW_TYPES.map((value) => ({ value, label: typeWord(value) })) },
    { key: "range", label: "Time", options: RANGE_OPTIONS },
    {
      key: "connection",
      label: "Connection",
      options: connections.map(({ id, name }) => ({ value: id, label: name })),
    },
    ...linkedFilter("conversation", "Conversation", linked.conversation, shortenId),
    ...linkedFilter("from", "From", linked.from, minuteWords),
    ...linkedFilter("to", "To", linked.to, minuteWords),
  ];
}

function linkedFilter(
  key: string,
  label: string,
  value: string | undefined,
  words: (value: string) => string,
): Filter[] {
  return value === undefined ? [] : [{ key, label, options: [{ value, label: words(value) }] }];
}

function minuteWords(moment: string): string {
  const at = new Date(moment);
  return Number.isNaN(at.getTime())
    ? moment.slice(0, 30)
    : `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
