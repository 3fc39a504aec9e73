import * as z from "zod";

export const credentials = z.object({
  myDomain: z.url(),
  consumerKey: z.string().min(1),
  consumerSecret: z.string().min(1),
});
