import * as z from "zod";

const tag = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i;

const languages = z
  .string()
  .transform((text) =>
    text
      .split(/[\s,]+/)
      .map((entry) => entry.replaceAll("_", "-"))
      .filter((entry) => entry !== ""),
  )
  .refine((list) => list.length > 0, "Enter one language at least, for example en-US.")
  .refine(
    (list) => list.every((entry) => tag.test(entry)),
    "These are tags such as en-US, divided by commas.",
  )
  .refine((list) => list.length <= 20, "20 languages at most.");

const address = z
  .string()
  .trim()
  .regex(/^https?:\/\//, "The address begins with https://.")
  .refine((text) => URL.canParse(text), "This is not a complete address.")
  .transform((text) => text.replace(/\/+$/, ""));

const model = z.string().trim().min(1, "Enter the model's name as the service knows it.").max(200);
const silenceMs = (fallback: number) =>
  z.coerce
    .number()
    .int("Whole milliseconds.")
    .min(10, "10 ms at least.")
    .max(5000, "5 s at most.")
    .default(fallback);

const common = {
  id: z.union([z.uuid(), z.literal("").transform(() => undefined)]).optional(),
  name: z.string().trim().min(1, "Give it a name.").max(80, "80 characters at most."),
  model,
  languages,
  /** An empty one keeps the stored one. */
  key: z.string().trim().max(20_000).optional(),
};

/** What the form of a speech service sends. */
export const speechFormSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("deepgram"),
    ...common,
    endpoint: address,
    endpointingMs: silenceMs(300),
    utteranceEndMs: silenceMs(1000).refine((ms) => ms >= 1000, "The service takes 1000 ms at least."),
  }),
  z.object({
    kind: z.literal("google"),
    ...common,
    location: z
      .string()
      .trim()
      .regex(/^[a-z][a-z0-9-]{1,40}$/, "This is a region such as global, eu or us-central1."),
    /** Empty: the project that the key belongs to. */
    projectId: z
      .string()
      .trim()
      .regex(/^([a-z][a-z0-9:.-]{4,60})?$/, "This is a project's id, not its name."),
    /** Empty: Google's own address for the region. */
    endpoint: z.union([z.literal("").transform(() => undefined), address]).optional(),
  }),
]);

export type SpeechForm = z.output<typeof speechFormSchema>;

const stored = { model: z.string(), languages: z.array(z.string()).min(1) };

/** `speech_integrations.settings`, by kind. */
export const DEEPGRAM_SETTINGS = z.object({
  ...stored,
  endpoint: z.string(),
  endpointingMs: z.number(),
  utteranceEndMs: z.number(),
});
export const GOOGLE_SETTINGS = z.object({
  ...stored,
  location: z.string(),
  projectId: z.string(),
  endpoint: z.string().optional(),
});

/** What of a form is no secret and belongs to the service. */
export function settingsOf(form: SpeechForm): Record<string, unknown> {
  const { id: _id, name: _name, key: _key, kind: _kind, ...settings } = form;
  return settings;
}
