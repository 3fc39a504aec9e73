"use client";

import { memo } from "react";
import type { LineView } from "./conversation-view.ts";
import { gapWords, noticeWords } from "./line-words.ts";
import { useWords } from "./use-words.tsx";
import { writeWords } from "./write-words.ts";

type TranscriptLineProps = { line: LineView; sameSpeaker: boolean; marked?: boolean };

/** The speakers' column: wide enough for the longest of the languages' words. */
const SPEAKER = "w-16 shrink-0 text-xs leading-5 not-italic";

export const TranscriptLine = memo(function TranscriptLine({
  line,
  sameSpeaker,
  marked = false,
}: TranscriptLineProps) {
  const words = useWords();
  const { t, exactTime } = words;
  if (line.kind === "gap")
    return <p className="py-1 pl-18 text-xs text-warn">{gapWords(words, line.durationMs, line.reason)}</p>;
  if (line.kind === "notice")
    return <p className="py-1 pl-18 text-xs text-muted">{noticeWords(words, line.code, line.language)}</p>;
  if (line.kind === "written")
    return (
      <p className="flex gap-2 py-0.5 text-muted">
        <span className={SPEAKER}>{t("speaker.agent")}</span>
        <span className="min-w-0 flex-1 break-words">
          {line.text}{" "}
          <span className="text-xs whitespace-nowrap italic">{writeWords(words, line.state)}</span>
        </span>
      </p>
    );
  const speaker = t(`speaker.${line.speaker}`);
  return (
    <p
      data-event={line.interim ? undefined : line.eventId}
      className={`flex gap-2 rounded-sm py-0.5 ${line.interim ? "text-muted italic" : ""} ${marked ? "bg-selected" : ""}`}
      title={line.interim ? undefined : exactTime(line.at)}
    >
      <span className={`${SPEAKER} ${line.speaker === "customer" ? "text-accent-text" : "text-muted"}`}>
        {sameSpeaker ? <span className="sr-only">{speaker}</span> : speaker}
      </span>
      <span className="min-w-0 flex-1 break-words">{line.text}</span>
    </p>
  );
});
