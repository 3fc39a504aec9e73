import { ROW_STATES, ROW_TYPES } from "#/lib/inspector/inspector-filter.ts";
import type { Filter } from "../ui/filter-chips.tsx";
import { shortenId } from "../ui/shorten.ts";
import { typeWord } from "./event-words.ts";

const STATE_WORDS = { pending: "Pending", done: "Done", dead: "Dead" } as const;

const RANGE_OPTIONS = [
  { value: "15m", label: "Last 15 minutes" },
  { value: "1h", label: "Last hour" },
  { value: "24h", label: "Last 24 hours" },
  { value: "7d", label: "Last 7 days" },
];

type Connection = { id: string; name: string };

/** The inspector's filters; a conversation is among them only while it is chosen, by its event. */
export function inspectorFilters(
  connections: readonly Connection[],
  conversation: string | undefined,
): Filter[] {
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
    ...(conversation
      ? [
          {
            key: "conversation",
            label: "Conversation",
            options: [{ value: conversation, label: shortenId(conversation) }],
          },
        ]
      : []),
  ];
}
