import * as z from "zod";
import { platformIdSchema } from "#/lib/kernel/platform-id.ts";

const switched = z.union([z.boolean(), z.literal("on").transform(() => true)]).default(false);

const name = z.string().trim().min(1, "Give it a name.").max(80, "80 characters at most.");

const organizationId = z
  .union([
    z.literal("").transform(() => undefined),
    z.guid("This is not an organization id: it looks like d7934305-0972-4844-938e-9060eef73d05."),
  ])
  .optional();

export const newConnectionSchema = z.object({ platform: platformIdSchema, name, organizationId });
export type NewConnection = z.output<typeof newConnectionSchema>;

export const connectionFormSchema = z.object({
  name,
  organizationId,
  unsignedAllowed: switched,
  refuseRepeatedNonce: switched,
});
export type ConnectionForm = z.output<typeof connectionFormSchema>;

const ORIGIN_RULE = "Write each origin as https://desk.example.com, one a line.";
const LOCAL = /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/;
const ORIGIN = /^https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/;

/** One origin a line; plain http only for a page on the same machine. */
export const allowedOriginsSchema = z.object({
  origins: z
    .string()
    .max(4_000)
    .transform(originsOf)
    .refine((origins) => origins.every((origin) => ORIGIN.test(origin) || LOCAL.test(origin)), ORIGIN_RULE)
    .refine((origins) => origins.length <= 20, "20 origins at most."),
});

function originsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s,]+/)
    .map((origin) => origin.replace(/\/$/, ""))
    .filter((origin) => origin !== "");
}
