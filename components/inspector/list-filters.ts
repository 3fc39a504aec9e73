import { CATALOG } from "#/lib/connectors/catalog.ts";
import { ROW_STATES, ROW_TYPES } from "#/lib/inspector/inspector-filter.ts";
import type { Filter } from "../ui/filter-chips.tsx";
import { shortenId } from "../ui/shorten.ts";
import { durationWords } from "../ui/time-words.ts";
import { stageWord, typeWord } from "./event-words.ts";

const STATE_WORDS = { pending: "Pending", done: "Done", dead: "Dead", parked: "Parked" } as const;

const RANGE_OPTIONS = [
  { value: "15m", label: "Last 15 minutes" },
  { value: "1h", label: "Last hour" },
  { value: "24h", label: "Last 24 hours" },
  { value: "7d", label: "Last 7 days" },
];

type Choice = { id: string; name: string };
type Choices = { connections: readonly Choice[]; agents: readonly Choice[] };

/** What stands in an address without being in the menu: it comes from a link, and can only be taken away. */
export type Linked = Record<"conversation" | "stage" | "slower" | "cause", string | undefined>;

/** The inspector's filters; those that only a link sets are among them while they are set. */
export function inspectorFilters({ connections, agents }: Choices, linked: Linked): Filter[] {
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
      key: "platform",
      label: "Platform",
      options: CATALOG.map(({ id, label }) => ({ value: id, label })),
    },
    { key: "connection", label: "Connection", options: named(connections) },
    ...(agents.length > 0 ? [{ key: "agent", label: "Agent", options: named(agents) }] : []),
    ...linkedFilter("conversation", "Conversation", linked.conversation, shortenId),
    ...linkedFilter("stage", "Reached", linked.stage, stageWord),
    ...linkedFilter("slower", "Took at least", linked.slower, (ms) => durationWords(Number(ms))),
    ...linkedFilter("cause", "Cause", linked.cause, (key) => key),
  ];
}

function named(choices: readonly Choice[]) {
  return choices.map(({ id, name }) => ({ value: id, label: name }));
}

function linkedFilter(
  key: string,
  label: string,
  value: string | undefined,
  words: (value: string) => string,
): Filter[] {
  return value === undefined ? [] : [{ key, label, options: [{ value, label: words(value) }] }];
}
