import * as z from "zod";

const idText = z
  .union([z.string(), z.number()])
  .transform((value) => `${value}`)
  .optional()
  .catch(undefined);
const seconds = z.coerce.number().positive().optional().catch(undefined);

const datumSchema = z.object({
  attachedDataKey: z.string(),
  attachedDataValue: z.union([z.string(), z.number()]),
});

/** Fields of an interaction event that we read (contract section 4); all others are ignored. */
export const interactionSchema = z.object({
  interactionGUID: z.string().min(1).max(200),
  interactionEventTS: seconds,
  eventTS: seconds,
  mediaType: idText,
  resourceType: z.coerce.number().optional().catch(undefined),
  agentId: idText,
  agentGUID: idText,
  participatingAgents: idText,
  queueId: idText,
  transactionNum: idText,
  dispositionCode: idText,
  callHangupReason: idText,
  hangupInitiator: idText,
  msgInfo: z.object({ sequenceId: idText, timestamp: seconds }).optional().catch(undefined),
  attachedData: z
    .object({ attachedDatum: z.array(z.unknown()) })
    .optional()
    .catch(undefined),
});

export type Interaction = z.output<typeof interactionSchema>;

/** Text of one attached datum; its values are strings or numbers. */
export function attached({ attachedData }: Interaction, key: string): string | undefined {
  for (const each of attachedData?.attachedDatum ?? []) {
    const datum = datumSchema.safeParse(each);
    if (datum.success && datum.data.attachedDataKey === key) return `${datum.data.attachedDataValue}`;
  }
  return undefined;
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};

export type StreamEvent = {
  name: string | undefined;
  kind: "interaction" | "agent" | "unknown";
  fields: Record<string, unknown>;
};

/**
 * A stream message without its wrapping. The vendor's own samples differ: the kind may be around the fields, or the
 * name in `event` or `eventType` beside them.
 */
export function unwrap(body: unknown): StreamEvent {
  const outer = fieldsOf(body);
  for (const kind of ["AgentStatusChange", "AgentProvChange"]) {
    if (outer[kind] === undefined) continue;
    const fields = fieldsOf(outer[kind]);
    return { kind: "agent", name: nameOf(fields) ?? kind, fields };
  }
  const fields = outer.Interaction === undefined ? outer : fieldsOf(outer.Interaction);
  const name = nameOf(fields) ?? nameOf(outer);
  const about = typeof fields.interactionGUID === "string";
  if (about) return { kind: "interaction", name, fields };
  return { kind: name?.startsWith("Agent") ? "agent" : "unknown", name, fields };
}

function nameOf({ event, eventType }: Record<string, unknown>): string | undefined {
  const name = event ?? eventType;
  return typeof name === "string" && name !== "" ? name : undefined;
}

/** The interaction that a stream message is about, for its delivery's envelope. */
export function interactionOf(body: unknown): string | undefined {
  const id = unwrap(body).fields.interactionGUID;
  return typeof id === "string" && id.length > 0 && id.length <= 200 ? id : undefined;
}
