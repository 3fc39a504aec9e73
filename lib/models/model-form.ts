import * as z from "zod";
import { MODEL_KIND_FACTS, MODEL_KINDS } from "./model-kinds.ts";

/** What the form of a model integration sends. An empty key keeps the stored one. */
const fields = z.object({
  id: z.union([z.uuid(), z.literal("").transform(() => undefined)]).optional(),
  kind: z.enum(MODEL_KINDS).default("openai-compatible"),
  name: z.string().trim().min(1, "Give it a name.").max(80, "80 characters at most."),
  baseUrl: z
    .string()
    .trim()
    .min(1, "Enter the server's address, for example https://api.example.com/v1.")
    .regex(/^https?:\/\//, "The address begins with https:// or http://.")
    .refine((text) => URL.canParse(text), "This is not a complete address.")
    .transform((text) => text.replace(/\/+$/, "")),
  model: z.string().trim().min(1, "Enter the model's name as the server knows it.").max(200),
  apiKey: z.string().trim().max(4_000).optional(),
  /** The server wants no key: a stored one is removed. */
  withoutKey: z.union([z.boolean(), z.literal("on").transform(() => true)]).default(false),
});

export const modelFormSchema = fields.superRefine(({ kind, id, apiKey, withoutKey }, context) => {
  const { wantsKey, label } = MODEL_KIND_FACTS[kind];
  // A stored key is known only where it is stored; there it is asked for once more if there is none.
  if (wantsKey && (withoutKey || (!id && !apiKey)))
    context.addIssue({ code: "custom", path: ["apiKey"], message: `${label} wants an API key.` });
});

export type ModelForm = z.output<typeof modelFormSchema>;
