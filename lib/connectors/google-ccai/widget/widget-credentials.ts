import * as z from "zod";

const text = z.string().trim().min(1).optional().catch(undefined);

/** Of a connection what its agents' sign-in needs; what is missing or of an older form counts as not set. */
export const widgetCredentials = z.object({
  cloud: z.enum(["google", "sandbox"]).default("google").catch("google"),
  agentClientId: text,
  agentClientSecret: text,
  agentDomains: z
    .string()
    .default("")
    .catch("")
    .transform((list) =>
      list
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    ),
});

export type WidgetCredentials = z.output<typeof widgetCredentials>;
