import * as z from "zod";
import { readTranscriptFields, transcriptFieldsSchema } from "./transcript-fields.ts";

const name = (what: string) =>
  z
    .string()
    .trim()
    .regex(/^[^\s/?#]{1,200}$/, `This is no ${what}: it has no spaces, slashes or question marks.`);

const topicPath = z
  .string()
  .trim()
  .regex(/^[\w.-]+\/[\w.-]+$/, "Write each topic as namespace/topic, such as event-v1/all.");

const topics = z
  .string()
  .default("event-v1/all")
  .transform((list) => list.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(topicPath).min(1, "Name at least one topic.").max(10));

const orNothing = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

/** A connection's key and settings, unsealed; what forms, the test and the subscriber need. */
export const credentials = z
  .object({
    site: z.enum(["uk3", "us1", "us2", "other", "sandbox"]).default("us1"),
    host: orNothing(
      z
        .string()
        .trim()
        .toLowerCase()
        .regex(
          /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{2,5})?$/,
          "Enter a host name alone, such as pulsar-ws-use1.8x8.com.",
        ),
    ),
    apiKey: z.string().trim().min(1, "Enter the API key."),
    tenantId: name("tenant name"),
    topics,
    mode: z.enum(["reader", "consumer"]).default("reader"),
    subscriptionName: name("subscription name").default("omnibots-agent-assist"),
    transport: z.enum(["websocket", "native"]).default("websocket"),
    brokerUrl: orNothing(
      z.string().regex(/^pulsar(\+ssl)?:\/\/[^\s/]+$/, "Enter pulsar://host:6650 or pulsar+ssl://host:6651."),
    ),
    transcriptTopic: orNothing(topicPath),
    transcriptFields: z
      .string()
      .default("")
      .transform((text, context) => {
        const fields = readTranscriptFields(text);
        if (fields) return fields;
        context.addIssue({
          code: "custom",
          message: 'Write one field a line as "name = path", such as "text = Transcript.text".',
        });
        return z.NEVER;
      })
      .pipe(transcriptFieldsSchema),
    transcriptSecret: z.string().optional(),
    previousTranscriptSecret: z.string().optional(),
    gatewayKey: orNothing(
      z.string().trim().startsWith("-----BEGIN PUBLIC KEY-----", "Paste the key in PEM form."),
    ),
    inboundEvent: orNothing(name("event name")),
  })
  .superRefine((value, context) => {
    if (value.site === "other" && !value.host)
      context.addIssue({
        code: "custom",
        path: ["host"],
        message: "Enter the host of your site's event stream.",
      });
    if (value.transport === "native" && !value.brokerUrl)
      context.addIssue({ code: "custom", path: ["brokerUrl"], message: "Enter the broker's address." });
  });

export type EightByEightCredentials = z.output<typeof credentials>;
