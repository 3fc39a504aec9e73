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

export const MAX_UPLOAD_BYTES = 10_000_000;
export const UPLOAD_LIMIT = "10 MB";

/** The kinds of file that can be read, by the ending of their name. */
export const UPLOAD_MEDIA_TYPES: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  md: "text/markdown",
  markdown: "text/markdown",
  txt: "text/plain",
  html: "text/html",
  htm: "text/html",
};
export const UPLOAD_EXTENSIONS = Object.keys(UPLOAD_MEDIA_TYPES).map((ending) => `.${ending}`);
export const UPLOAD_KINDS = "PDF, Word (.docx), Markdown, text or HTML";
