import type { Channel } from "#/lib/events/conversation-event.ts";

export const CONVERSATION_RANGES = { "24h": 1, "7d": 7, "30d": 30, "90d": 90 } as const;
export type ConversationRange = keyof typeof CONVERSATION_RANGES;

const CHANNELS = ["voice", "chat"] as const satisfies readonly Channel[];

export type ConversationFilter = {
  connections: string[];
  queues: string[];
  agents: string[];
  channels: Channel[];
  /** Only those that still go on, or only those that ended. */
  states: ("live" | "ended")[];
  withFeedback: boolean;
  withDead: boolean;
  /** Part of an agent's or a queue's name, the beginning of the platform's id, or our own id. */
  text: string | undefined;
  from: Date | undefined;
  to: Date | undefined;
  after: Cursor | undefined;
};

/** The last row of the page before; the list goes on behind it. */
export type Cursor = { micros: string; id: string };

export type SearchParams = Record<string, string | string[] | undefined>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CURSOR = /^(\d{1,17})\.([0-9a-f-]{36})$/i;
const DAY_MS = 86_400_000;
const LONGEST_TEXT = 200;
/** More of one kind than a reader would choose by hand. */
const MOST_CHOSEN = 50;

/** Reads the list's filter from an address. What makes no sense is left out: an address is anybody's to type. */
export function parseConversationFilter(params: SearchParams, nowMs: number): ConversationFilter {
  const one = (name: string) => all(params[name])[0];
  const range = one("range");
  const days =
    range && Object.hasOwn(CONVERSATION_RANGES, range)
      ? CONVERSATION_RANGES[range as ConversationRange]
      : undefined;
  const text = one("q")?.replaceAll("\0", "").trim().slice(0, LONGEST_TEXT);
  return {
    connections: all(params.connection).filter(isUuid).slice(0, MOST_CHOSEN),
    queues: chosen(params.queue),
    agents: chosen(params.agent),
    channels: all(params.channel).filter((value): value is Channel => CHANNELS.includes(value as Channel)),
    states: all(params.state).filter((value) => value === "live" || value === "ended"),
    withFeedback: one("feedback") === "with",
    withDead: one("dead") === "with",
    text: text === "" ? undefined : text,
    from: days ? new Date(nowMs - days * DAY_MS) : moment(one("from")),
    to: days ? undefined : moment(one("to")),
    after: parseCursor(one("after")),
  };
}

export function cursorText({ micros, id }: Cursor): string {
  return `${micros}.${id}`;
}

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

export function parseCursor(text: string | undefined): Cursor | undefined {
  const [, micros, id] = CURSOR.exec(text ?? "") ?? [];
  return micros && id && isUuid(id) ? { micros, id } : undefined;
}

function chosen(value: string | string[] | undefined): string[] {
  return all(value)
    .filter((each) => each.length > 0 && each.length <= LONGEST_TEXT && !each.includes("\0"))
    .slice(0, MOST_CHOSEN);
}

function moment(text: string | undefined): Date | undefined {
  const at = Date.parse(text ?? "");
  return Number.isNaN(at) || Math.abs(at) > 8e14 ? undefined : new Date(at);
}

function all(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat();
}
