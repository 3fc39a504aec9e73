"use client";

import { useEffect, useState } from "react";
import type { ConversationLink } from "./conversation-link.ts";
import type { AnswerView } from "./conversation-view.ts";

/** An answer takes a second or two; past this the agent is told not to wait for it. */
const PATIENCE_MS = 20_000;

type Asked = { text: string; at: number; problem?: string; late?: boolean };

/** What the agent asked, until it is answered. A question that was refused is said so, with the reason. */
export function useAsking(link: ConversationLink | undefined, answers: readonly AnswerView[]) {
  const [asked, setAsked] = useState<Asked>();
  const [known, setKnown] = useState<ReadonlySet<string>>(new Set());
  const text = asked?.text;
  // The same question may have been answered before: only an answer that is new since then counts.
  const answered = answers.some(({ question, key }) => question.trim() === text && !known.has(key));

  useEffect(() => {
    if (text === undefined || answered) return;
    const timer = setTimeout(() => setAsked((before) => before && { ...before, late: true }), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [text, answered]);

  const ask = (question: string) => {
    const at = Date.now();
    setKnown(new Set(answers.map(({ key }) => key)));
    setAsked({ text: question, at });
    void link?.ask(question).then((answer) => {
      if (answer.ok) return;
      setAsked((before) => (before?.at === at ? { ...before, problem: answer.message } : before));
    });
  };
  return { ask, pending: answered ? undefined : asked };
}
