import type { EventType } from "#/lib/events/conversation-event.ts";
import { TRAIL_STAGES, type TrailStage } from "#/lib/events/trail.ts";
import { PLATFORM_IDS, type PlatformId } from "#/lib/kernel/platform-id.ts";

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
  platforms: PlatformId[];
  agents: string[];
  conversation: string | undefined;
  /** Dead, or failed at least once. */
  errorsOnly: boolean;
  /** Dead for this cause; see `cause.ts`. */
  cause: string | undefined;
  /** Reached this stage, and took at least so long from the door to it. */
  stage: TrailStage | undefined;
  slowerMs: number | undefined;
  /** Words to look for, as typed. */
  search: string | undefined;
  from: Date | undefined;
  to: Date | undefined;
  after: Cursor | undefined;
};

/** The last row of the page before: the list goes on behind it. */
export type Cursor = { micros: string; id: string };

export type SearchParams = Record<string, string | string[] | undefined>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CAUSE = /^[0-9a-f]{12}$/;
const SLOWER = /^\d{1,9}$/;
const MOST_AGENTS = 20;
const LONGEST_SEARCH = 200;
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
    platforms: all(params.platform).filter((id): id is PlatformId => PLATFORM_IDS.includes(id as PlatformId)),
    agents: all(params.agent).slice(0, MOST_AGENTS),
    conversation: conversation && isUuid(conversation) ? conversation : undefined,
    errorsOnly: one("errors") === "only",
    cause: CAUSE.exec(one("cause") ?? "")?.[0],
    stage: TRAIL_STAGES.find((stage) => stage === one("stage")),
    slowerMs: SLOWER.test(one("slower") ?? "") ? Number(one("slower")) : undefined,
    search: one("q")?.slice(0, LONGEST_SEARCH).trim() || undefined,
    from: minutes ? new Date(nowMs - minutes * 60_000) : moment(one("from")),
    to: minutes ? undefined : moment(one("to")),
    after: parseCursor(one("after")),
  };
}

/** The keys of an address that filter; what is open and which page is shown are none of them. */
const FILTER_KEYS = [
  "type",
  "state",
  "connection",
  "platform",
  "agent",
  "conversation",
  "errors",
  "cause",
  "stage",
  "slower",
  "q",
  "range",
  "from",
  "to",
] as const;

/** The filter alone, to be kept: a range that moves with the clock becomes the moment that it means now. */
export function frozenFilter(params: SearchParams, nowMs: number): Record<string, string | string[]> {
  const { from } = parseFilter(params, nowMs);
  const given = FILTER_KEYS.flatMap((key) => {
    const value = params[key];
    return value === undefined || key === "range" ? [] : [[key, value] as const];
  });
  return { ...Object.fromEntries(given), ...(params.range && from && { from: from.toISOString() }) };
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
