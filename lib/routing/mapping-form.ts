import * as z from "zod";

const optionalId = z.union([z.literal("").transform(() => undefined), z.uuid()]).optional();

const threshold = z
  .union([
    z.literal("").transform(() => undefined),
    z.coerce.number().min(0, "Between 0 and 1.").max(1, "Between 0 and 1."),
  ])
  .optional();

/** The version that the form began with; without one nothing is overwritten, since nothing is there. */
const version = z
  .union([z.literal("").transform(() => undefined), z.coerce.number().int().nonnegative()])
  .optional();

const profileFields = {
  knowledgeBaseId: optionalId,
  systemPrompt: z.string().trim().max(8_000, "8,000 characters at most.").default(""),
  modelIntegrationId: optionalId,
  threshold,
};

export const defaultProfileSchema = z.object({ ...profileFields, version });
export type DefaultProfileForm = Omit<z.output<typeof defaultProfileSchema>, "version">;

/** A queue and what answers for it. `mappingId` is empty for a new one. */
export const mappingFormSchema = z.object({
  mappingId: optionalId,
  connectionId: z.uuid("Choose the connection that the queue belongs to."),
  queueId: z.string().trim().min(1, "Choose a queue or type its id.").max(200),
  queueName: z.string().trim().max(200).default(""),
  ...profileFields,
  version,
});
export type MappingForm = z.output<typeof mappingFormSchema>;
