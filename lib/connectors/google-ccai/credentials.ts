import * as z from "zod";

export const credentials = z.object({
  projectId: z.string().min(1),
  serviceAccountKey: z.string().min(1),
  dialogflowAgentId: z.string().min(1),
});
