"use client";

import { useState, useTransition } from "react";
import { QuestionAnswer } from "#/components/knowledge/question-answer.tsx";
import { Button } from "#/components/ui/button.tsx";
import { ErrorState } from "#/components/ui/empty-state.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import type { TryQuestionAnswer, TryQuestionInput } from "#/lib/knowledge/try-question-job.ts";

type Asked = { profile: TryQuestionInput["profile"]; question: string };
export type TryIt = (
  input: Omit<Asked, "profile"> & { profile: Partial<Asked["profile"]> },
) => Promise<{ ok: true; answer: TryQuestionAnswer } | { ok: false; message: string }>;

type TryQuestionProps = {
  tryIt: TryIt;
  /** What is to answer, read when the question is asked. */
  profile: () => Partial<Asked["profile"]>;
  /** Address of a document's page, before its id. */
  documentPath?: string;
};

/** A question, and what would answer it: passages with their scores, the card, the time of each stage. */
export function TryQuestion({ tryIt, profile, documentPath }: TryQuestionProps) {
  const [question, setQuestion] = useState("");
  const [answer, setAnswer] = useState<TryQuestionAnswer>();
  const [problem, setProblem] = useState<string>();
  const [busy, startTransition] = useTransition();
  const ask = () =>
    startTransition(async () => {
      const result = await tryIt({ question, profile: profile() }).catch(() => UNREACHABLE);
      setAnswer(result.ok ? result.answer : undefined);
      setProblem(result.ok ? undefined : result.message);
    });
  return (
    <section aria-label="Try it" className="flex flex-col gap-4">
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (question.trim() !== "" && !busy) ask();
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
      {problem ? <ErrorState title="No answer">{problem}</ErrorState> : null}
      {answer ? <QuestionAnswer answer={answer} documentPath={documentPath} /> : null}
    </section>
  );
}

const UNREACHABLE = { ok: false, message: "The server did not answer. Try again." } as const;
