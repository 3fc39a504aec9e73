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

/** A connection's own keys and switches, unsealed, complete or not: calls and events need no API user. */
export const ownFields = z.object({
  region: regionSchema.default("us"),
  authMethod: z.enum(["user", "consumer-key", "none"]).default("user"),
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
});

const PAIRS = {
  user: ["username", "password"],
  "consumer-key": ["consumerKey", "consumerSecret"],
  none: [],
} as const;

/** The same as a form and the test must have it. */
export const credentials = ownFields.superRefine((value, context) => {
  for (const field of PAIRS[value.authMethod]) {
    if (value[field] === undefined)
      context.addIssue({
        code: "custom",
        path: [field],
        message: "Fill this in, or choose another sign-in.",
      });
  }
  if (value.saveSummary && !value.summaryField) {
    const message = "Name the field of the log that it goes into.";
    context.addIssue({ code: "custom", path: ["summaryField"], message });
  }
});

export type Five9Credentials = z.output<typeof credentials>;
