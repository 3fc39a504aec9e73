import * as z from "zod";
import { readServiceAccountKey } from "./service-account-key.ts";

const PROJECT = /^[a-z][a-z0-9:.-]{4,60}[a-z0-9]$/;
const RESOURCE_ID = "[A-Za-z][A-Za-z0-9._~+%-]{2,254}";
const LOCATION = /^[a-z]+(-[a-z]+\d*)*$/;

const orNothing = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === "" || value === null ? undefined : value), schema.optional());

/** An id, or a full name such as `projects/P/topics/T`. */
const resource = (kind: "topics" | "subscriptions", what: string) =>
  z
    .string()
    .trim()
    .regex(
      new RegExp(`^(projects/[^/\\s]+/${kind}/)?${RESOURCE_ID}$`),
      `Enter the ${what}'s id or its full name, projects/P/${kind}/ID.`,
    );

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const agentName = /^projects\/[^/\s]+\/locations\/[^/\s]+\/agents\/[^/\s]+(\/environments\/[^/\s]+)?$/;
const profileName = /^projects\/[^/\s]+\/(locations\/[^/\s]+\/)?conversationProfiles\/[^/\s]+$/;
const email = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[^@\s]+@[^@\s]+\.[a-z]+$/, "Enter an account's address.");

const flag = (initial: boolean) => z.boolean().default(initial).catch(initial);

const keySchema = z.string().transform((text, context) => {
  const key = readServiceAccountKey(text);
  if (!("problem" in key)) return key;
  context.addIssue({ code: "custom", message: key.problem });
  return z.NEVER;
});

const DOMAIN = /^([a-z0-9-]+\.)+[a-z]{2,}$/;

/** Workspace domains, with commas or spaces between. */
export const domainsSchema = z
  .string()
  .default("")
  .transform((text) =>
    text
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  )
  .refine(
    (domains) => domains.every((domain) => DOMAIN.test(domain)),
    "Write domains such as example.com, with commas between.",
  );

const fields = z.object({
  cloud: z.enum(["google", "sandbox"]).default("google").catch("google"),
  projectId: z.string().trim().regex(PROJECT, "Enter the project's id, such as my-project-123456."),
  serviceAccountKey: keySchema,
  topic: resource("topics", "topic"),
  ingestMode: z.enum(["push", "pull"]).default("push").catch("push"),
  subscription: orNothing(resource("subscriptions", "subscription")),
  pushServiceAccount: orNothing(email),
  deadLetterTopic: orNothing(resource("topics", "dead-letter topic")),
  location: orNothing(z.string().trim().regex(LOCATION, "Enter a location such as global or us-central1.")),
  dialogflowAgent: orNothing(
    z
      .string()
      .trim()
      .refine(
        (text) => uuid.test(text) || agentName.test(text),
        "Enter the agent's id, or its full name: projects/P/locations/L/agents/ID.",
      ),
  ),
  suggestions: z.enum(["dialogflow", "rag"]).default("dialogflow").catch("dialogflow"),
  ragFallback: flag(true),
  agentAssist: flag(true),
  languageCode: z
    .string()
    .trim()
    .regex(/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/, "Enter a language such as en or en-US.")
    .default("en")
    .catch("en"),
  conversationProfile: orNothing(
    z
      .string()
      .trim()
      .refine(
        (text) => profileName.test(text) || /^[\w-]+$/.test(text),
        "Enter the profile's id or its full name.",
      ),
  ),
  insightsUpload: flag(false),
  insightsBucket: orNothing(
    z
      .string()
      .trim()
      .regex(/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/, "Enter the bucket's name alone."),
  ),
  agentClientId: orNothing(z.string().trim().min(1)),
  agentClientSecret: orNothing(z.string().trim().min(1)),
  agentDomains: domainsSchema,
  /** Learnt by the test: where pushes go and for which audience Google signs them. */
  pushEndpoint: orNothing(z.string()).catch(undefined),
  pushAudience: orNothing(z.string()).catch(undefined),
  subscriptionName: orNothing(z.string()).catch(undefined),
});

/** A connection's key and settings, unsealed and with every name in full; what forms, the test and the calls need. */
export const credentials = fields.transform((own, context) => {
  const { serviceAccountKey: key, projectId, suggestions, insightsUpload, insightsBucket } = own;
  const location = own.location ?? locationIn(own.dialogflowAgent) ?? "global";
  const refuse = (path: string, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  if (suggestions === "dialogflow" && !own.dialogflowAgent)
    refuse("dialogflowAgent", "Name the agent that suggests, or choose OmniBots RAG.");
  if (own.agentClientId && own.agentDomains.length === 0)
    refuse("agentDomains", "Name the domains whose accounts may sign in.");
  if (insightsUpload && !insightsBucket)
    refuse("insightsBucket", "Name the bucket that transcripts are put into.");
  return {
    ...own,
    key,
    location,
    topic: fullName(own.topic, projectId, "topics"),
    subscription: own.subscription && fullName(own.subscription, projectId, "subscriptions"),
    deadLetterTopic: own.deadLetterTopic && fullName(own.deadLetterTopic, projectId, "topics"),
    dialogflowAgent: own.dialogflowAgent && agentIn(own.dialogflowAgent, projectId, location),
    /** Whom Google signs pushes as. */
    pusher: own.pushServiceAccount ?? key.email,
  };
});

export type GoogleCredentials = z.output<typeof credentials>;

const fullName = (text: string, projectId: string, kind: string) =>
  text.startsWith("projects/") ? text : `projects/${projectId}/${kind}/${text}`;

const agentIn = (text: string, projectId: string, location: string) =>
  text.startsWith("projects/") ? text : `projects/${projectId}/locations/${location}/agents/${text}`;

const locationIn = (agent: string | undefined) => /\/locations\/([^/]+)\//.exec(agent ?? "")?.[1];
