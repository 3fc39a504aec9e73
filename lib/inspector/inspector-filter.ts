import type { EventType } from "#/lib/events/conversation-event.ts";

/** What can stand in the list: canonical events, and deliveries that never became one. */
export const ROW_TYPES = [
  "conversation.started",
  "conversation.updated",
  "utterance",
  "transcript.gap",
  "transcript.notice",
  "question.asked",
  "suggestion.offered",
  "conversation.ended",
  "delivery",
] as const satisfies readonly (EventType | "delivery")[];
export type RowType = (typeof ROW_TYPES)[number];

/** `parked` is a delivery's alone. */
export const ROW_STATES = ["pending", "done", "dead", "parked"] as const;
export type RowState = (typeof ROW_STATES)[number];

export const RANGES = { "15m": 15, "1h": 60, "24h": 24 * 60, "7d": 7 * 24 * 60 } as const;
export type Range = keyof typeof RANGES;

export type InspectorFilter = {
  types: RowType[];
  states: RowState[];
  connections: string[];
  conversation: string | undefined;
  /** Dead, or failed at least once. */
  errorsOnly: boolean;
  from: Date | undefined;
  to: Date | undefined;
  after: Cursor | undefined;
};

/** The last row of the page before: the list goes on behind it. */
export type Cursor = { micros: string; id: string };

export type SearchParams = Record<string, string | string[] | undefined>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CURSOR = /^(\d{1,17})\.([0-9a-f-]{36})$/i;

/** Reads the list's filter from an address. What makes no sense is left out: an address is anybody's to type. */
export function parseFilter(params: SearchParams, nowMs: number): InspectorFilter {
  const one = (name: string) => all(params[name])[0];
  const range = one("range");
  const minutes = range && Object.hasOwn(RANGES, range) ? RANGES[range as Range] : undefined;
  const conversation = one("conversation");
  return {
    types: all(params.type).filter((type): type is RowType => ROW_TYPES.includes(type as RowType)),
    states: all(params.state).filter((state): state is RowState => ROW_STATES.includes(state as RowState)),
    connections: all(params.connection).filter(isUuid),
    conversation: conversation && isUuid(conversation) ? conversation : undefined,
    errorsOnly: one("errors") === "only",
    from: minutes ? new Date(nowMs - minutes * 60_000) : moment(one("from")),
    to: minutes ? undefined : moment(one("to")),
    after: parseCursor(one("after")),
  };
}

/** The one that is open, by `event=` or `delivery=`. */
export function parseSelection(params: SearchParams): { kind: "event" | "delivery"; id: string } | undefined {
  for (const kind of ["event", "delivery"] as const) {
    const [id] = all(params[kind]);
    if (id && isUuid(id)) return { kind, id };
  }
  return undefined;
}

/** The same address with some keys set or, where the value is undefined, taken away. */
export function withParams(params: SearchParams, changes: Record<string, string | undefined>): string {
  const next = new URLSearchParams();
  for (const [name, value] of Object.entries(params))
    if (!(name in changes)) for (const each of all(value)) next.append(name, each);
  for (const [name, value] of Object.entries(changes)) if (value !== undefined) next.set(name, value);
  const query = next.toString();
  return query ? `?${query}` : "?";
}

export function cursorText({ micros, id }: Cursor): string {
  return `${micros}.${id}`;
}

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

function parseCursor(text: string | undefined): Cursor | undefined {
  const [, micros, id] = CURSOR.exec(text ?? "") ?? [];
  return micros && id && isUuid(id) ? { micros, id } : undefined;
}

function moment(text: string | undefined): Date | undefined {
  const at = Date.parse(text ?? "");
  return Number.isNaN(at) || Math.abs(at) > 8e14 ? undefined : new Date(at);
}

function all(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat();
}
