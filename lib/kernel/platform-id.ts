import * as z from "zod";

/** The five platforms; each is also a folder under `lib/connectors` and a URL segment. */
export const PLATFORM_IDS = ["genesys", "five9", "8x8", "salesforce", "google-ccai"] as const;

export const platformIdSchema = z.enum(PLATFORM_IDS);
export type PlatformId = z.output<typeof platformIdSchema>;
