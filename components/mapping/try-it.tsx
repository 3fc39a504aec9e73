"use client";

import { useState, useTransition } from "react";
import { QuestionAnswer } from "#/components/knowledge/question-answer.tsx";
import { Button } from "#/components/ui/button.tsx";
import { ErrorState } from "#/components/ui/empty-state.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import type { TryQuestionAnswer, TryQuestionInput } from "#/lib/knowledge/try-question-job.ts";
import type { ProfileView } from "#/lib/routing/list-mappings.ts";
import type { RecentQuestion } from "#/lib/routing/recent-questions.ts";
import { RecentQuestions } from "./recent-questions.tsx";

type Asked = { profile: TryQuestionInput["profile"]; question: string };
export type TryIt = (
  input: Omit<Asked, "profile"> & { profile: Partial<Asked["profile"]> },
) => Promise<{ ok: true; answer: TryQuestionAnswer } | { ok: false; message: string }>;

type TryQuestionProps = {
  tryIt: TryIt;
  /** What is to answer, read when the question is asked. */
  profile: () => Partial<Asked["profile"]>;
  /** Questions that customers really asked, for who has none in mind. */
  recent?: () => Promise<{ ok: true; questions: RecentQuestion[] } | { ok: false; message: string }>;
  /** What answers without a mapping, to be asked the same. */
  fallback?: ProfileView | undefined;
  /** Address of a document's page, before its id. */
  documentPath?: string;
};

type Tried = { title: string; answer: TryQuestionAnswer };

/** A question, and what would answer it: passages with their scores, the card, the time of each stage. */
export function TryQuestion({ tryIt, profile, recent, fallback, documentPath }: TryQuestionProps) {
  const [question, setQuestion] = useState("");
  const [tried, setTried] = useState<Tried[]>([]);
  const [problem, setProblem] = useState<string>();
  const [busy, startTransition] = useTransition();
  const ask = (asked: string, title: string, by: Partial<Asked["profile"]>) =>
    startTransition(async () => {
      const result = await tryIt({ question: asked, profile: by }).catch(() => UNREACHABLE);
      setProblem(result.ok ? undefined : result.message);
      const others = title === OWN ? [] : tried.filter((one) => one.title !== title);
      setTried(result.ok ? [...others, { title, answer: result.answer }] : []);
    });
  const askOwn = (asked: string) => asked.trim() !== "" && !busy && ask(asked, OWN, profile());
  return (
    <section aria-label="Try it" className="flex flex-col gap-4 border-t pt-4">
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          askOwn(question);
        }}
      >
        <div className="min-w-0 flex-1">
          <Field label="Try a question">
            <Input
              value={question}
              onChange={(event) => setQuestion(event.target.value)}
              placeholder="As a customer would ask it"
              autoComplete="off"
              maxLength={2_000}
            />
          </Field>
        </div>
        <Button type="submit" busy={busy} disabled={question.trim() === ""}>
          Ask
        </Button>
      </form>
      {recent ? (
        <RecentQuestions
          read={recent}
          onPick={(text) => {
            setQuestion(text);
            askOwn(text);
          }}
        />
      ) : null}
      {problem ? <ErrorState title="No answer">{problem}</ErrorState> : null}
      {tried.map(({ title, answer }) => (
        <div key={title} className="flex flex-col gap-3">
          {tried.length > 1 ? <h3 className="border-t pt-3 text-lg font-semibold">{title}</h3> : null}
          <QuestionAnswer answer={answer} documentPath={documentPath} />
        </div>
      ))}
      {fallback && tried.length === 1 && tried[0]?.title === OWN ? (
        <div>
          <Button busy={busy} onClick={() => ask(question, "The tenant default", profileOf(fallback))}>
            What would the tenant default say?
          </Button>
        </div>
      ) : null}
    </section>
  );
}

const OWN = "This mapping";

function profileOf({ knowledgeBaseId, systemPrompt, modelIntegrationId, threshold }: ProfileView) {
  return { knowledgeBaseId, systemPrompt, modelIntegrationId, threshold };
}

const UNREACHABLE = { ok: false, message: "The server did not answer. Try again." } as const;
