import * as z from "zod";

/** A connection's own keys and switches, unsealed; what the test needs. */
export const credentials = z.object({
  audiohookApiKey: z.string().optional(),
  audiohookClientSecret: z.string().optional(),
  organizationId: z.guid().optional(),
  unsignedAllowed: z.boolean().default(false),
});

export type GenesysCredentials = z.output<typeof credentials>;
