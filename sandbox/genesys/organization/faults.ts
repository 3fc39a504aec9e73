import * as z from "zod";
import { ApiError, missingPermission } from "./api-error.ts";
import type { Random } from "./random.ts";
import { tooManyRequests } from "./rate-limit.ts";

const rate = z.number().min(0).max(1);

/** What may go wrong with an HTTP request. `silence` never answers, `hang-up` closes the connection. */
export const faultRuleSchema = z.object({
  kind: z.enum(["unauthorized", "forbidden", "rate-limited", "error", "slow", "silence", "hang-up"]),
  method: z.string().toUpperCase().optional(),
  /** A path or its beginning; `*` stands for one segment. */
  path: z.string().optional(),
  /** So many calls, then the rule is gone; without it the rule stays. */
  times: z.number().int().positive().optional(),
  rate: rate.optional(),
  /** `after` lets the request take effect and loses only its answer. */
  when: z.enum(["before", "after"]).default("before"),
  status: z.number().int().min(400).max(599).default(502),
  permission: z.string().default("routing:queue:view"),
  retryAfterSeconds: z.number().int().nonnegative().default(1),
  delayMs: z.number().nonnegative().default(500),
});

export const eventFaultsSchema = z.object({
  duplicate: rate.default(0),
  outOfOrder: rate.default(0),
  unknownShape: rate.default(0),
});

/** The first so many fetches of a message answer 404, for this share of the messages. */
export const earlyFetchSchema = z.object({ times: z.number().int().nonnegative(), rate: rate.default(1) });

export type FaultRule = z.output<typeof faultRuleSchema>;
export type NewFaultRule = z.input<typeof faultRuleSchema>;
export type Outcome = { delayMs: number; error?: ApiError; answer: "sent" | "never" | "hang-up" };
export type HttpFaults = ReturnType<typeof createFaults>;

/** The organization's bad days: rules for requests, rates for events, all from the seeded chance. */
export function createFaults(random: Random) {
  let rules: FaultRule[] = [];
  let events = eventFaultsSchema.parse({});
  let early = { times: 0, rate: 0 };
  const fetches = new Map<string, number>();

  /** The rules that strike this request now; each strike uses one of a rule's times. */
  const strike = (method: string, path: string, when: FaultRule["when"]): FaultRule[] => {
    const struck = rules.filter(
      (rule) => rule.when === when && matches(rule, method, path) && random.chance(rule.rate ?? 1),
    );
    for (const rule of struck) if (rule.times !== undefined) rule.times -= 1;
    rules = rules.filter((rule) => rule.times !== 0);
    return struck;
  };

  return {
    add(...added: NewFaultRule[]): void {
      rules.push(...added.map((rule) => faultRuleSchema.parse(rule)));
    },
    events(changed: z.input<typeof eventFaultsSchema>): void {
      events = eventFaultsSchema.parse({ ...events, ...changed });
    },
    earlyFetch(changed: z.input<typeof earlyFetchSchema>): void {
      early = earlyFetchSchema.parse(changed);
    },
    clear(): void {
      rules = [];
      events = eventFaultsSchema.parse({});
      early = { times: 0, rate: 0 };
      fetches.clear();
    },
    view: () => ({ rules, events, earlyFetch: early }),
    eventRates: () => events,
    outcome: (method: string, path: string, when: FaultRule["when"]): Outcome =>
      outcomeOf(strike(method, path, when)),
    /** Whether a message is still "not there" for this fetch. */
    tooEarly(messageId: string): boolean {
      if (early.times === 0) return false;
      const left = fetches.get(messageId) ?? (random.chance(early.rate) ? early.times : 0);
      fetches.set(messageId, Math.max(0, left - 1));
      return left > 0;
    },
  };
}

function matches(rule: FaultRule, method: string, path: string): boolean {
  if (rule.method && rule.method !== method) return false;
  if (!rule.path) return true;
  const pattern = rule.path
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join("[^/]+");
  return new RegExp(`^${pattern}`).test(path);
}

function outcomeOf(struck: readonly FaultRule[]): Outcome {
  const outcome: Outcome = { delayMs: 0, answer: "sent" };
  for (const rule of struck) {
    if (rule.kind === "slow") outcome.delayMs += rule.delayMs;
    else if (rule.kind === "silence") outcome.answer = "never";
    else if (rule.kind === "hang-up") outcome.answer = "hang-up";
    else outcome.error ??= errorOf(rule);
  }
  return outcome;
}

function errorOf(rule: FaultRule): ApiError {
  switch (rule.kind) {
    case "unauthorized":
      return new ApiError(401, "bad.credentials", "Invalid login credentials.");
    case "forbidden":
      return missingPermission(rule.permission);
    case "rate-limited":
      return tooManyRequests(300, rule.retryAfterSeconds);
    default:
      return new ApiError(rule.status, "internal.server.error", "The request could not be processed.");
  }
}
