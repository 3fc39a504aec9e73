import * as z from "zod";

/** Length is what makes a password hard to guess; rules about its characters make people write it down. */
export const newPassword = z
  .string()
  .min(12, "12 characters at least. A few words in a row are easy to remember.")
  .max(200, "200 characters at most.")
  .refine(
    (text) => new Set(text).size >= 5,
    "Too few different characters. Choose one that is harder to guess.",
  );
