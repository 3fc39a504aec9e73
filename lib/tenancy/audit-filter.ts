import * as z from "zod";

/** The address's parameters as Next gives them. */
export type AuditParams = Record<string, string | string[] | undefined>;

/** What actions begin with, and what people call it. */
export const AUDIT_AREAS = {
  member: "Members",
  invitation: "Invitations",
  role: "Roles",
  "sign-in": "Sign-in",
  key: "API keys",
  connection: "Connections",
  "agent-link": "Agents",
  mapping: "Queue mapping",
  default: "Tenant default",
  profile: "Profiles",
  knowledge: "Knowledge",
  document: "Documents",
  site: "Web sites",
  model: "Models",
  speech: "Speech",
  masking: "Masking",
  retention: "Retention",
  branding: "Branding",
  conversation: "Conversations",
  replay: "Replays",
  event: "Events",
  events: "Exports of events",
  delivery: "Deliveries",
  audit: "Audit log",
} as const;

export const AUDIT_TIMES = { "24h": 1, "7d": 7, "30d": 30, "90d": 90 } as const;

export type AuditFilter = {
  who: string[];
  areas: string[];
  /** The exact target, from an entry's link. */
  target: string | undefined;
  from: Date | undefined;
  search: string | undefined;
  /** The last entry of the page before; entries are listed from the newest. */
  after: string | undefined;
};

const many = (value: string | string[] | undefined) => (value === undefined ? [] : [value].flat());
const one = (value: string | string[] | undefined) => many(value)[0]?.trim() || undefined;
const isId = (text: string | undefined) => z.uuid().safeParse(text).success;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Reads the filter from an address; what makes no sense in it is left out. */
export function parseAuditFilter(params: AuditParams, now: number): AuditFilter {
  const days = AUDIT_TIMES[one(params.time) as keyof typeof AUDIT_TIMES];
  const after = one(params.after);
  return {
    who: many(params.who).filter((who) => who === "system" || isId(who)),
    areas: many(params.area).filter((area) => area in AUDIT_AREAS),
    target: one(params.target)?.slice(0, 200),
    from: days === undefined ? undefined : new Date(now - days * DAY_MS),
    search: one(params.q)?.slice(0, 100),
    after: isId(after) ? after : undefined,
  };
}
