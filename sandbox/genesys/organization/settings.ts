import * as z from "zod";

const whole = z.number().int().nonnegative();

/** What a test may turn; the defaults are the platform's own numbers where the contract knows them. */
export const settingsSchema = z.object({
  tokenSeconds: whole.default(86_400),
  codeSeconds: whole.default(300),
  channelSeconds: whole.default(86_400),
  heartbeatMs: whole.default(30_000),
  /** From `socket_closing` until the socket really closes. */
  socketGraceMs: whole.default(60_000),
  ratePerMinute: whole.default(300),
  maxChannels: whole.default(20),
  maxTopics: whole.default(1000),
  acwMs: whole.default(600_000),
  /** `deny` is a login page of a single sign-on that refuses to be framed. */
  loginFraming: z.enum(["allow", "deny"]).default("allow"),
  /** The retiring field of fetched messages, for connectors that must survive both. */
  legacyTextBody: z.boolean().default(false),
});

export type Settings = z.output<typeof settingsSchema>;
