import * as z from "zod";

export const credentials = z.object({
  username: z.string().min(1),
  password: z.string().min(1),
  domainId: z.string().min(1).optional(),
});
