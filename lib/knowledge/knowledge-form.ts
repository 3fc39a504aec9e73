import * as z from "zod";

export const baseFormSchema = z.object({
  name: z.string().trim().min(1, "Give it a name.").max(80, "80 characters at most."),
});

export const webPageFormSchema = z.object({
  address: z
    .string()
    .trim()
    .max(2_000)
    .regex(/^https?:\/\//, "The address begins with https:// or http://.")
    .refine((text) => URL.canParse(text), "This is not a complete address."),
});

export const MAX_UPLOAD_BYTES = 5_000_000;
export const UPLOAD_EXTENSIONS = [".md", ".markdown", ".txt", ".html", ".htm"] as const;
