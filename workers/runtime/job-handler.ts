import { type Job, UnrecoverableError } from "bullmq";
import type * as z from "zod";
import { isAppError } from "#/lib/kernel/app-error.ts";
import { parse } from "#/lib/kernel/parse.ts";

/**
 * Adapts a use case to BullMQ: parse the payload, run it, and stop retrying
 * when the error says that another attempt cannot help.
 */
export function jobHandler<S extends z.ZodType, R>(payload: S, run: (input: z.output<S>) => Promise<R>) {
  return async (job: Pick<Job<unknown>, "data">): Promise<R> => {
    try {
      return await run(parse(payload, job.data));
    } catch (error) {
      if (isAppError(error) && !error.retryable) throw new UnrecoverableError(error.message);
      throw error;
    }
  };
}
