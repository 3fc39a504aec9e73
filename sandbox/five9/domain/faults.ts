import * as z from "zod";

export const faultSchema = z.object({
  /** How many of the next answers of the web services fail, and how. */
  soap: z
    .object({ kind: z.enum(["limit", "down", "html", "slow"]), times: z.number().int().positive() })
    .optional(),
  /** Events that are sent twice, with the same bytes. */
  repeatEvents: z.boolean().optional(),
});
export type Fault = z.output<typeof faultSchema>;

/** What goes wrong on the platform's side, as long as a test says so. */
export function createFaults() {
  let fault: Fault = {};
  return {
    set(next: Fault) {
      fault = next;
    },
    clear() {
      fault = {};
    },
    nextSoap(): NonNullable<Fault["soap"]>["kind"] | undefined {
      const { soap } = fault;
      if (!soap) return undefined;
      fault = { ...fault, soap: soap.times > 1 ? { ...soap, times: soap.times - 1 } : undefined };
      return soap.kind;
    },
    repeatsEvents: () => fault.repeatEvents === true,
  };
}
export type Faults = ReturnType<typeof createFaults>;
