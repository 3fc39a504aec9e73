import { parse } from "#/lib/kernel/parse.ts";
import type { AskJobs } from "#/lib/queues/ask-jobs.ts";
import {
  TRY_QUESTION,
  type TryQuestionAnswer,
  type TryQuestionInput,
  tryQuestionAnswerSchema,
} from "./try-question-job.ts";

/** Asks the jobs process, which alone holds the search index and its model. */
export async function tryQuestion(jobs: AskJobs, input: TryQuestionInput): Promise<TryQuestionAnswer> {
  return parse(tryQuestionAnswerSchema, await jobs.ask(TRY_QUESTION, input));
}
