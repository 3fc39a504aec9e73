"use client";

import { Info, LoaderCircle } from "lucide-react";
import { useEffect, useState } from "react";
import { CopyButton } from "#/components/ui/copy-button.tsx";
import type { WriteBack } from "#/lib/connectors/widget-provider.ts";
import { EMPTY_SUMMARY, SUMMARY_FIELDS, type SummaryFieldName } from "#/lib/events/summary.ts";
import type { ConversationLink } from "./conversation-link.ts";
import type { ConversationView } from "./conversation-view.ts";
import { SummaryField } from "./summary-field.tsx";
import { FIELD_LABELS, notesOf } from "./summary-notes.ts";
import { useSummaryRefresh } from "./use-summary.ts";
import { useWrapUpCodes } from "./use-wrap-up-codes.ts";
import type { Writes } from "./use-writes.ts";
import { WrapUpBox } from "./wrap-up-box.tsx";

type SummaryPaneProps = {
  conversationId: string;
  view: ConversationView;
  link: ConversationLink | undefined;
  live: boolean;
  /** It is on screen. */
  visible: boolean;
  platform: WriteBack | undefined;
  work: Writes;
  blocked?: string;
};

/** Past this the agent is told that the draft is still waited for. */
const PATIENCE_MS = 4_000;

/** Situation, action and next steps, drafted while the conversation runs, the agent's to change, and saved as the wrap-up. */
export function SummaryPane(props: SummaryPaneProps) {
  const { conversationId, view, link, live, visible, platform, work, blocked } = props;
  const { summary, turns, writes, session } = view;
  useSummaryRefresh(link, live, view, visible);
  const codes = useWrapUpCodes(platform, conversationId, visible && !blocked);
  const fields = summary?.fields ?? EMPTY_SUMMARY;
  const notes = notesOf(fields);
  const save = async (field: SummaryFieldName, text: string) => {
    const answer = await link?.editSummary(field, text);
    return answer?.ok ? undefined : (answer?.message ?? "The server did not answer; try again.");
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard.
    <div tabIndex={0} className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto px-3 pt-2 pb-3">
      <SummaryNote summary={summary} visible={visible} started={session.state !== "waiting"} />
      {SUMMARY_FIELDS.map((name) => (
        <SummaryField
          key={name}
          label={FIELD_LABELS[name]}
          field={fields[name]}
          turns={turns}
          onSave={(text) => save(name, text)}
          onUnlock={() => void link?.editSummary(name)}
        />
      ))}
      {platform?.saveWrapUp && platform.wrapUpCodes ? (
        <WrapUpBox
          codes={codes}
          notes={notes}
          queue={session.queue}
          saved={writes.findLast(({ intent, state }) => intent.kind === "summary" && state !== "discarded")}
          work={work}
          blocked={blocked}
        />
      ) : (
        <div>
          <CopyButton text={notes.text} label="Copy the summary" look="word" />
        </div>
      )}
    </div>
  );
}

type SummaryNoteProps = Pick<ConversationView, "summary"> & { visible: boolean; started: boolean };

/** Never silence: that it is being drafted, from what, or why there is none. */
function SummaryNote({ summary, visible, started }: SummaryNoteProps) {
  const late = useLate(visible && summary === undefined);
  if (!summary)
    return (
      <p role="status" className="flex items-center gap-1.5 text-xs text-muted">
        <LoaderCircle className="size-3 animate-spin motion-reduce:animate-none" aria-hidden />
        {!started
          ? "Waiting for the conversation to start"
          : late
            ? "Still waiting for the draft; it comes as soon as it can be made."
            : "Drafting…"}
      </p>
    );
  const { reason, model, draftedAt } = summary;
  const from =
    model === "extractive" ? "Word for word from the conversation" : model && `Drafted by ${model}`;
  const time =
    draftedAt && new Date(draftedAt).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return (
    <p role="status" className="flex items-start gap-1.5 text-xs text-muted">
      <Info className="mt-0.5 size-3 shrink-0" aria-hidden />
      <span>{reason ?? [from, time].filter(Boolean).join(", ")}</span>
    </p>
  );
}

function useLate(waiting: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return setLate(false);
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  return late;
}
