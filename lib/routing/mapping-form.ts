import * as z from "zod";

const optionalId = z.union([z.literal("").transform(() => undefined), z.uuid()]).optional();

const threshold = z
  .union([
    z.literal("").transform(() => undefined),
    z.coerce.number().min(0, "Between 0 and 1.").max(1, "Between 0 and 1."),
  ])
  .optional();

const profileFields = {
  knowledgeBaseId: optionalId,
  systemPrompt: z.string().trim().max(8_000, "8,000 characters at most.").default(""),
  modelIntegrationId: optionalId,
  threshold,
};

export const defaultProfileSchema = z.object(profileFields);
export type DefaultProfileForm = z.output<typeof defaultProfileSchema>;

/** A queue and what answers for it. `mappingId` is empty for a new one. */
export const mappingFormSchema = z.object({
  mappingId: optionalId,
  connectionId: z.uuid("Choose the connection that the queue belongs to."),
  queueId: z.string().trim().min(1, "Choose a queue or type its id.").max(200),
  queueName: z.string().trim().max(200).default(""),
  ...profileFields,
});
export type MappingForm = z.output<typeof mappingFormSchema>;
