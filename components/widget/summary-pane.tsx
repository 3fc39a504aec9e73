"use client";

import { Info, LoaderCircle, RefreshCw } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import type { WriteBack } from "#/lib/connectors/widget-provider.ts";
import { EMPTY_SUMMARY, SUMMARY_FIELDS, type SummaryFieldName } from "#/lib/events/summary.ts";
import type { ConversationLink } from "./conversation-link.ts";
import type { ConversationView } from "./conversation-view.ts";
import { CopyWords } from "./copy-words.tsx";
import { SummaryField } from "./summary-field.tsx";
import { fieldLabel, notesOf } from "./summary-notes.ts";
import { useShortcuts } from "./use-shortcuts.ts";
import { useSummaryRefresh } from "./use-summary.ts";
import { useWords } from "./use-words.tsx";
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
  /** Shows a turn in the transcript. */
  onTurn(eventId: string): void;
};

/** Past this the agent is told that the draft is still waited for. */
const PATIENCE_MS = 4_000;

/** Reason, facts, actions and outcome, drafted while the conversation runs, the agent's to change, and saved as the wrap-up. */
export function SummaryPane(props: SummaryPaneProps) {
  const { conversationId, view, link, live, visible, platform, work, blocked } = props;
  const words = useWords();
  const { t } = words;
  const { summary, turns, writes, session } = view;
  const refresh = useSummaryRefresh(link, live, view, visible);
  useShortcuts(visible ? { r: refresh.again } : {});
  const codes = useWrapUpCodes(platform, conversationId, visible && !blocked);
  const fields = summary?.fields ?? EMPTY_SUMMARY;
  const notes = notesOf(words, fields);
  const save = async (field: SummaryFieldName, text: string) => {
    const answer = await link?.editSummary(field, text);
    return answer?.ok ? undefined : (answer?.message ?? t("summary.noServer"));
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard.
    <div tabIndex={0} className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto px-3 pt-2 pb-3">
      <div className="flex min-h-7 items-start gap-1">
        <SummaryNote summary={summary} visible={visible} started={session.state !== "waiting"} />
        <Button
          variant="ghost"
          size="icon-sm"
          busy={refresh.busy}
          disabled={!live || session.state === "waiting"}
          aria-label={t("summary.refresh")}
          title={`${t("summary.refresh")} (r)`}
          onClick={refresh.again}
        >
          {refresh.busy ? null : <RefreshCw aria-hidden />}
        </Button>
      </div>
      {SUMMARY_FIELDS.map((name) => (
        <SummaryField
          key={name}
          label={fieldLabel(words, name)}
          field={fields[name]}
          turns={turns}
          onSave={(text) => save(name, text)}
          onUnlock={() => void link?.editSummary(name)}
          onTurn={props.onTurn}
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
          <CopyWords text={notes.text} label={t("copy.summary")} />
        </div>
      )}
    </div>
  );
}

type SummaryNoteProps = Pick<ConversationView, "summary"> & { visible: boolean; started: boolean };

/** Never silence: that it is being drafted, from what, or why there is none. */
function SummaryNote({ summary, visible, started }: SummaryNoteProps) {
  const { t, said, time } = useWords();
  const late = useLate(visible && summary === undefined);
  if (!summary)
    return (
      <p role="status" className="flex flex-1 items-center gap-1.5 py-1 text-xs text-muted">
        <LoaderCircle className="size-3 animate-spin motion-reduce:animate-none" aria-hidden />
        {t(!started ? "app.waitingTitle" : late ? "summary.late" : "summary.drafting")}
      </p>
    );
  const { reason, model, draftedAt } = summary;
  const at = draftedAt ? time(draftedAt) : "";
  const from =
    model === "extractive"
      ? t("summary.verbatim", { time: at })
      : model && t("summary.byModel", { model, time: at });
  return (
    <p role="status" className="flex min-w-0 flex-1 items-start gap-1.5 py-1 text-xs text-muted">
      <Info className="mt-0.5 size-3 shrink-0" aria-hidden />
      <span className="min-w-0 break-words">{reason ? said(reason) : from}</span>
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
