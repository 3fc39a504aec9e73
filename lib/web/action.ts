import { unstable_rethrow } from "next/navigation";
import type * as z from "zod";
import { type AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { Permission } from "#/lib/tenancy/permissions.ts";
import { formFields } from "./form-fields.ts";
import { authorizeTenant, type TenantAccess } from "./require-tenant.ts";
import { webLog } from "./web-log.ts";

export type Refusal = {
  ok: false;
  message: string;
  fields: Record<string, string>;
  /** The session has ended; nothing else is wrong. */
  signIn?: boolean;
};

/** What a form gets back: the words to show, and for each field that was refused the reason. */
export type ActionResult<R extends object = object> = ({ ok: true } & R) | Refusal;

const SEE_FIELDS = "Nothing was saved: see the marked fields.";

type ActionRule<S extends z.ZodType> = { permission: Permission; input: S };

/**
 * A server action of one tenant: who asks, whether they may, and what they sent are checked before `run`.
 * Called with the tenant's slug first; pages bind it: `save.bind(null, slug)`.
 */
export function tenantAction<S extends z.ZodType, R extends object>(
  rule: ActionRule<S>,
  run: (input: z.output<S>, tenant: TenantAccess) => Promise<R>,
): (slug: string, input: unknown) => Promise<ActionResult<R>> {
  return (slug, input) =>
    answerAction(rule.input, input, async (parse) => {
      const tenant = await authorizeTenant(slug, rule.permission);
      const parsed = parse();
      return parsed.ok ? { ok: true, ...(await run(parsed.value, tenant)) } : parsed;
    });
}

type Parsed<T> = { ok: true; value: T } | Refusal;

/** What every action answers when it is refused or fails; `work` parses once it knows who asks. */
export async function answerAction<S extends z.ZodType, R extends object>(
  schema: S,
  input: unknown,
  work: (parse: () => Parsed<z.output<S>>) => Promise<ActionResult<R>>,
): Promise<ActionResult<R>> {
  const parse = (): Parsed<z.output<S>> => {
    const parsed = schema.safeParse(input instanceof FormData ? formFields(input) : input);
    return parsed.success ? { ok: true, value: parsed.data } : refusalOf(parsed.error);
  };
  try {
    return await work(parse);
  } catch (error) {
    // Next's own signals (redirect, not found) travel as errors.
    unstable_rethrow(error);
    if (isAppError(error)) return refusalFor(error);
    webLog.error({ err: error }, "action failed");
    return { ok: false, message: "This failed on our side and nothing was saved. Try again.", fields: {} };
  }
}

/** What was refused on purpose, at its field where it names one. */
export function refusalFor({ code, message, field }: AppError): Refusal {
  if (field) return { ok: false, message: SEE_FIELDS, fields: { [field]: message } };
  return { ok: false, message, fields: {}, ...(code === "unauthenticated" && { signIn: true }) };
}

/** Keeps the first reason for each field, under the name that the form gave it. */
export function refusalOf(error: z.ZodError): Refusal {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join(".")] ??= issue.message;
  const { "": whole, ...named } = fields;
  return { ok: false, message: whole ?? SEE_FIELDS, fields: named };
}
