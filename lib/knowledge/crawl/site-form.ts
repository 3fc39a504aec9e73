import * as z from "zod";
import { folderOf, siteUrl } from "./site-scope.ts";

export const MOST_SITE_PAGES = 500;
export const MOST_SITE_DEPTH = 10;

const whole = (least: number, most: number, what: string) =>
  z.coerce
    .number(`A whole number from ${least} to ${most}.`)
    .int(`A whole number from ${least} to ${most}.`)
    .min(least, `At least ${least} ${what}.`)
    .max(most, `${most} ${what} at most.`);

const limits = {
  mostPages: whole(1, MOST_SITE_PAGES, "pages"),
  mostDepth: whole(0, MOST_SITE_DEPTH, "links"),
  schedule: z.enum(["off", "daily", "weekly"]),
};

export const siteSettingsSchema = z.object(limits);

export const siteFormSchema = z
  .object({
    startUrl: z
      .string()
      .trim()
      .max(2_000)
      .regex(/^https?:\/\//, "The address begins with https:// or http://.")
      .refine((text) => siteUrl(text) !== undefined, "This is not a complete address."),
    pathPrefix: z
      .string()
      .trim()
      .max(1_000)
      .regex(/^(?:\/.*)?$/, "A path begins with a slash, such as /help/.")
      .default(""),
    ...limits,
  })
  .transform((form) => {
    const startUrl = siteUrl(form.startUrl) ?? form.startUrl;
    return { ...form, startUrl, pathPrefix: form.pathPrefix || folderOf(startUrl) };
  })
  .refine(({ startUrl, pathPrefix }) => new URL(startUrl).pathname.startsWith(pathPrefix), {
    path: ["pathPrefix"],
    message: "The start page does not lie under this path.",
  });
export type SiteForm = z.output<typeof siteFormSchema>;
