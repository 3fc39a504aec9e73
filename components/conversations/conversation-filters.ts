import type { ConversationChoices } from "#/lib/conversations/read-choices.ts";
import type { Filter } from "../ui/filter-chips.tsx";

type Linked = { from: string | undefined; to: string | undefined };

/** More choices than that are not picked from a menu: the search box finds them by name. */
const MOST_IN_MENU = 12;

/** The list's filters; a choice that the address holds is among them however long the menu would get. */
export function conversationFilters(
  connections: readonly { id: string; name: string }[],
  choices: ConversationChoices,
  { chosen, linked }: { chosen: (key: string) => readonly string[]; linked: Linked },
): Filter[] {
  const menu = (key: string, all: readonly { id: string; name: string }[]) =>
    all
      .filter(({ id }, index) => index < MOST_IN_MENU || chosen(key).includes(id))
      .map(({ id, name }) => ({ value: id, label: name }));
  return [
    {
      key: "range",
      label: "Started",
      options: [
        { value: "24h", label: "Last 24 hours" },
        { value: "7d", label: "Last 7 days" },
        { value: "30d", label: "Last 30 days" },
        { value: "90d", label: "Last 90 days" },
      ],
    },
    {
      key: "state",
      label: "State",
      options: [
        { value: "live", label: "Live" },
        { value: "ended", label: "Ended" },
      ],
    },
    { key: "feedback", label: "Feedback", options: [{ value: "with", label: "With feedback" }] },
    { key: "dead", label: "Dead events", options: [{ value: "with", label: "With dead events" }] },
    {
      key: "channel",
      label: "Channel",
      options: [
        { value: "voice", label: "Call" },
        { value: "chat", label: "Chat" },
      ],
    },
    { key: "connection", label: "Connection", options: menu("connection", connections) },
    { key: "queue", label: "Queue", options: menu("queue", choices.queues) },
    { key: "agent", label: "Agent", options: menu("agent", choices.agents) },
    ...momentFilter("from", "From", linked.from),
    ...momentFilter("to", "To", linked.to),
  ].filter(({ options }) => options.length > 0);
}

/** Set by a link only, such as a bar of a chart; it can be taken away. */
function momentFilter(key: string, label: string, value: string | undefined): Filter[] {
  if (value === undefined) return [];
  const at = new Date(value);
  const words = Number.isNaN(at.getTime())
    ? value.slice(0, 30)
    : `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return [{ key, label, options: [{ value, label: words }] }];
}
