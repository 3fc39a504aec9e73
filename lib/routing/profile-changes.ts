/** What a profile says, with names as a person knows them. */
export type ProfileContent = {
  queueName: string | undefined;
  knowledgeBaseId: string | undefined;
  knowledgeBase: string | undefined;
  systemPrompt: string;
  modelIntegrationId: string | undefined;
  model: string | undefined;
  threshold: number | undefined;
};

/** One difference between two states of a profile, in words for a list. */
export type ProfileChange = { field: string; from: string; to: string };

const SHOWN: readonly { field: string; of: (content: ProfileContent) => string }[] = [
  { field: "Queue name", of: ({ queueName }) => queueName ?? "" },
  { field: "Knowledge base", of: ({ knowledgeBase }) => knowledgeBase ?? "none of its own" },
  { field: "Model", of: ({ model }) => model ?? "extractive answers" },
  {
    field: "Threshold",
    of: ({ threshold }) => (threshold === undefined ? "the product's own" : `${threshold}`),
  },
  { field: "System prompt", of: ({ systemPrompt }) => systemPrompt || "empty" },
];

export function changesBetween(before: ProfileContent, after: ProfileContent): ProfileChange[] {
  return SHOWN.map(({ field, of }) => ({ field, from: of(before), to: of(after) })).filter(
    ({ from, to }) => from !== to,
  );
}
