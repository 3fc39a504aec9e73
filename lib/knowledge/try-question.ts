import { parse } from "#/lib/kernel/parse.ts";
import { type AskJobs, createAskJobs } from "#/lib/queues/ask-jobs.ts";
import { createProducers } from "#/lib/queues/producers.ts";
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

/** On globalThis, since a development server loads this module anew at each change and would open line after line. */
const kept = globalThis as { omnibotsAskJobs?: AskJobs };

/** The portal's one line to the jobs process, opened at its first use. */
export function askJobsLine(redisUrl: string): AskJobs {
  kept.omnibotsAskJobs ??= createAskJobs(createProducers(redisUrl), redisUrl);
  return kept.omnibotsAskJobs;
}
