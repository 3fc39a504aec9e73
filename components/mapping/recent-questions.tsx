"use client";

import { MessageCircleQuestion } from "lucide-react";
import { useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import { DropdownMenu, MenuItem, MenuLabel } from "#/components/ui/dropdown-menu.tsx";
import type { RecentQuestion } from "#/lib/routing/recent-questions.ts";

type Read = () => Promise<{ ok: true; questions: RecentQuestion[] } | { ok: false; message: string }>;

/** What customers asked lately, read when it is wanted; the one that is picked is asked. */
export function RecentQuestions({ read, onPick }: { read: Read; onPick: (text: string) => void }) {
  const [questions, setQuestions] = useState<RecentQuestion[]>();
  const [words, setWords] = useState("Reading…");
  const load = async () => {
    const result = await read().catch(() => undefined);
    if (!result?.ok) return setWords(result?.message ?? "The server did not answer.");
    setQuestions(result.questions);
    setWords(
      result.questions.length > 0 ? "Asked lately, newest first" : "Nobody has asked anything here lately",
    );
  };
  return (
    <div>
      <DropdownMenu
        align="start"
        trigger={
          <Button size="sm" variant="ghost" onPointerEnter={() => void load()} onFocus={() => void load()}>
            <MessageCircleQuestion aria-hidden />
            Take a real question
          </Button>
        }
      >
        <MenuLabel>{words}</MenuLabel>
        {questions?.map(({ text, answered }) => (
          <MenuItem key={text} onSelect={() => onPick(text)}>
            <span className="max-w-96 truncate" title={text}>
              {text}
            </span>
            {answered ? null : <span className="text-xs text-warn">unanswered</span>}
          </MenuItem>
        ))}
      </DropdownMenu>
    </div>
  );
}
