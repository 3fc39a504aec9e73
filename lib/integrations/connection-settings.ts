import * as z from "zod";

/** `connections.settings`: what is no secret. Unknown fields are dropped. */
export const connectionSettingsSchema = z.object({
  organizationId: z.guid().optional(),
  unsignedAllowed: z.boolean().default(false),
  refuseRepeatedNonce: z.boolean().default(false),
  /** Until then a rotated pair still lets calls in, ISO. */
  previousValidUntil: z.iso.datetime().optional(),
  /** Queues that are known without an event of theirs. */
  queues: z.array(z.object({ id: z.string(), name: z.string().optional() })).default([]),
});

export type ConnectionSettings = z.output<typeof connectionSettingsSchema>;

/** Rows of an older form must not stop a page or a call: what does not parse counts as not set. */
export function readSettings(settings: Record<string, unknown>): ConnectionSettings {
  const parsed = connectionSettingsSchema.safeParse(settings);
  return parsed.success ? parsed.data : connectionSettingsSchema.parse({});
}
