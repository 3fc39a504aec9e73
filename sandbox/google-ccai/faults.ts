import * as z from "zod";
import { apiDisabled, denied, GoogleError } from "./google-error.ts";

const rate = z.number().min(0).max(1);

/** What may go wrong with a request to the APIs. `silence` never answers, `hang-up` closes the connection. */
export const faultRuleSchema = z.object({
  kind: z.enum(["error", "denied", "api-disabled", "slow", "silence", "hang-up"]),
  method: z.string().toUpperCase().optional(),
  /** A part of the path. */
  path: z.string().optional(),
  times: z.number().int().positive().optional(),
  status: z.number().int().min(400).max(599).default(503),
  permission: z.string().default("pubsub.subscriptions.create"),
  service: z.string().default("pubsub.googleapis.com"),
  delayMs: z.number().nonnegative().default(500),
});
export type NewFaultRule = z.input<typeof faultRuleSchema>;

/** What may go wrong with a delivery; `token` spoils what pushes are signed with. */
export const deliveryFaultsSchema = z.object({
  duplicate: rate.default(0),
  /** An acknowledged publish that Google repeats under another id. */
  republish: rate.default(0),
  outOfOrder: z.boolean().default(false),
  paused: z.boolean().default(false),
  token: z.enum(["good", "none", "wrong-audience", "wrong-email", "expired", "strange-key"]).default("good"),
});
export type DeliveryFaults = z.output<typeof deliveryFaultsSchema>;

export function createFaults(project: string) {
  let rules: z.output<typeof faultRuleSchema>[] = [];
  let delivery = deliveryFaultsSchema.parse({});
  return {
    add(...added: NewFaultRule[]): void {
      rules.push(...added.map((rule) => faultRuleSchema.parse(rule)));
    },
    delivery(changed: z.input<typeof deliveryFaultsSchema>): void {
      delivery = deliveryFaultsSchema.parse({ ...delivery, ...changed });
    },
    rates: () => delivery,
    clear(): void {
      rules = [];
      delivery = deliveryFaultsSchema.parse({});
    },
    view: () => ({ rules, delivery }),
    /** What strikes this request, after its delay; throws where it is refused. */
    async strike(method: string, path: string): Promise<"never" | "hang-up" | undefined> {
      const struck = rules.filter(
        (rule) => (!rule.method || rule.method === method) && path.includes(rule.path ?? ""),
      );
      for (const rule of struck) if (rule.times !== undefined) rule.times -= 1;
      rules = rules.filter(({ times }) => times !== 0);
      for (const rule of struck) {
        const lost = await strikeOne(rule, path, project);
        if (lost) return lost;
      }
      return undefined;
    },
  };
}
async function strikeOne(
  rule: z.output<typeof faultRuleSchema>,
  path: string,
  project: string,
): Promise<"never" | "hang-up" | undefined> {
  switch (rule.kind) {
    case "slow":
      await new Promise((resolve) => setTimeout(resolve, rule.delayMs));
      return undefined;
    case "silence":
      return "never";
    case "hang-up":
      return "hang-up";
    case "denied":
      throw denied(rule.permission, path);
    case "api-disabled":
      throw apiDisabled(rule.service, project);
    case "error":
      throw new GoogleError(rule.status, "UNAVAILABLE", "The service is unavailable.");
  }
}

export type Faults = ReturnType<typeof createFaults>;
