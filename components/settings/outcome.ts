import type { ActionResult } from "./action-result.ts";

/** The words of a refusal for a place that has no fields: the field's own words say more than "see the fields". */
export function refusalWords(result: Extract<ActionResult, { ok: false }>): string {
  return Object.values(result.fields)[0] ?? result.message;
}

/** A change without a form, as a confirmation shows it. */
export async function plainOutcome(
  run: Promise<ActionResult>,
): Promise<{ ok: true } | { ok: false; message: string }> {
  const result = await run;
  return result.ok ? { ok: true } : { ok: false, message: refusalWords(result) };
}
