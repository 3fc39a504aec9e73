import * as z from "zod";
import { platformIdSchema } from "#/lib/kernel/platform-id.ts";
import { issuesOf, readFields } from "./connection-values.ts";

const name = z.string().trim().min(1, "Give it a name.").max(80, "80 characters at most.");

/** A form of any platform: its fields are the manifest's, what they accept is its connector's own schema. */
const formOf = (age: "new" | "saved") =>
  z.looseObject({ platform: platformIdSchema, name }).transform(({ platform, name, ...form }, context) => {
    const values = readFields(platform, form, age);
    for (const { field, message } of issuesOf(platform, values, age)) {
      context.addIssue({ code: "custom", path: field ? [field] : [], message });
    }
    return { platform, name, ...values };
  });

export const newConnectionSchema = formOf("new");
export type NewConnection = z.output<typeof newConnectionSchema>;

/** Of a connection that exists: a secret that is not sent stays. */
export const connectionFormSchema = formOf("saved");
export type ConnectionForm = z.output<typeof connectionFormSchema>;

/** The same with the connection that it is for. */
export const savedFormSchema = z.looseObject({ connectionId: z.uuid() }).transform((input, context) => {
  const parsed = connectionFormSchema.safeParse(input);
  if (parsed.success) return { connectionId: input.connectionId, form: parsed.data };
  for (const { path, message } of parsed.error.issues) {
    context.addIssue({ code: "custom", path: [...path], message });
  }
  return z.NEVER;
});

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
