import * as z from "zod";

const text = z.string().trim().min(1).max(200).optional();
const off = z.boolean().default(false);

export const REGIONS = ["us", "ca", "eu", "eu-legacy", "sandbox"] as const;
export const regionSchema = z.enum(REGIONS);
export type Region = z.output<typeof regionSchema>;

/** What the platform's documents do not say for sure; each default is our reading of them (setup guide, "Unconfirmed"). */
export const DEFAULTS = {
  soapVersion: "v13",
  sdkUrl: "https://cdn.prod.us.five9.net/stable/crm-sdk-lib/five9.crm.sdk.js",
  callIdField: "interactionId",
  eventNameField: "event",
  endedEvents: "call_ended, call_finished, call_disconnected, ended",
  tokenUrl: "https://api.prod.us.five9.net/oauth2/v1/token",
} as const;

/** A connection's own keys and switches, unsealed; what forms, the test and every call to the platform need. */
export const credentials = z
  .object({
    region: regionSchema.default("us"),
    authMethod: z.enum(["user", "consumer-key"]).default("user"),
    username: text,
    password: z.string().min(1).optional(),
    consumerKey: text,
    consumerSecret: z.string().min(1).optional(),
    tokenUrl: z.url("Write the whole address, with https://.").default(DEFAULTS.tokenUrl),
    soapVersion: z
      .string()
      .regex(/^v\d{1,2}(_\d{1,2})?$/, "Write a version such as v13.")
      .default(DEFAULTS.soapVersion),
    restSession: off,
    domainId: text,
    subscriptionId: text,
    voice: z.boolean().default(true),
    language: z.string().trim().max(35).optional(),
    trustToken: z.string().optional(),
    previousTrustToken: z.string().optional(),
    apiKey: z.string().optional(),
    previousApiKey: z.string().optional(),
    eventNameField: z.string().trim().min(1).max(100).default(DEFAULTS.eventNameField),
    endedEvents: z.string().trim().max(500).default(DEFAULTS.endedEvents),
    sdkUrl: z.url("Write the whole address, with https://.").default(DEFAULTS.sdkUrl),
    callIdField: z.enum(["interactionId", "sessionId", "callId"]).default(DEFAULTS.callIdField),
    chatEventId: text,
    saveSummary: off,
    summaryField: text,
  })
  .superRefine((value, context) => {
    const byUser = value.authMethod === "user";
    const [id, secret] = byUser
      ? (["username", "password"] as const)
      : (["consumerKey", "consumerSecret"] as const);
    // A connection for voice and chat alone needs no API user; half of one is a slip.
    const [missing] = [id, secret].filter((field) => value[field] === undefined);
    if (missing && (value[id] !== undefined || value[secret] !== undefined)) {
      const message = byUser ? "User name and password belong together." : "Key and secret belong together.";
      context.addIssue({ code: "custom", path: [missing], message });
    }
    if (value.saveSummary && !value.summaryField)
      context.addIssue({
        code: "custom",
        path: ["summaryField"],
        message: "Name the field of the log that it goes into.",
      });
  });

export type Five9Credentials = z.output<typeof credentials>;
