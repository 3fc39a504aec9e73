import * as z from "zod";

/** A step of any test, as pages draw it. */
export const shownStepSchema = z.object({
  name: z.string(),
  outcome: z.enum(["passed", "failed", "waiting", "not-used", "not-tried"]),
  ms: z.number().optional(),
  detail: z.string().optional(),
  reason: z.string().optional(),
  remedy: z.string().optional(),
});
export type ShownStep = z.output<typeof shownStepSchema>;

/** Steps that were stored or sent; one that an older version wrote otherwise is left out. */
export function readSteps(steps: readonly unknown[]): ShownStep[] {
  return steps.flatMap((step) => {
    const parsed = shownStepSchema.safeParse(step);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Reads steps from an answer of one JSON object a line, as they arrive. */
export async function* streamSteps(response: Response): AsyncIterable<ShownStep> {
  if (!response.ok || !response.body) throw new Error(await refusalOf(response));
  const decoder = new TextDecoderStream();
  const reader = response.body
    .pipeThrough(decoder as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>)
    .getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield* readSteps([JSON.parse(line)]);
  }
}

async function refusalOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = z.object({ error: z.object({ message: z.string() }) }).safeParse(body);
  return parsed.success ? parsed.data.error.message : `The server answered ${response.status}.`;
}
