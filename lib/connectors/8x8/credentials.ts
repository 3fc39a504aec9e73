import * as z from "zod";

export const credentials = z.object({ apiKey: z.string().min(1), tenantId: z.string().min(1) });
