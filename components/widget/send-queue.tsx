"use client";

import { CircleAlert, CircleHelp, LoaderCircle } from "lucide-react";
import { useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import { CopyWords } from "./copy-words.tsx";
import type { WriteView } from "./desk-view.ts";
import { useWords } from "./use-words.tsx";
import { UNREACHED, type Writes } from "./use-writes.ts";

type SendQueueProps = {
  writes: readonly WriteView[];
  work: Writes;
  /** Why nothing can be sent now. */
  blocked?: string;
};

const OPEN = new Set(["sending", "failed", "unconfirmed"]);

/** Messages that are not sent yet, or were not, whichever pane is on screen. None leaves it before it is settled. */
export function SendQueue({ writes, work, blocked }: SendQueueProps) {
  const { t } = useWords();
  const open = writes.filter(({ intent, state }) => intent.kind === "message" && OPEN.has(state));
  return (
    <section aria-label={t("queue.label")} aria-live="polite" className="shrink-0">
      {open.map((write) =>
        write.state === "sending" ? (
          <SendingLine key={write.writeId} write={write} />
        ) : (
          <FailedLine key={write.writeId} write={write} work={work} blocked={blocked} />
        ),
      )}
    </section>
  );
}

const textOf = ({ intent }: WriteView) => (intent.kind === "message" ? intent.text : intent.notes);

function SendingLine({ write }: { write: WriteView }) {
  const { t } = useWords();
  return (
    <p className="flex items-center gap-1.5 border-t bg-surface px-3 py-1 text-xs text-muted">
      <LoaderCircle className="size-3 shrink-0 animate-spin motion-reduce:animate-none" aria-hidden />
      <span className="shrink-0">{t("queue.sending")}</span>
      <span className="truncate">{textOf(write)}</span>
    </p>
  );
}

function FailedLine({
  write,
  work,
  blocked,
}: {
  write: WriteView;
  work: Writes;
  blocked: string | undefined;
}) {
  const { t, said } = useWords();
  const [sure, setSure] = useState(false);
  const unconfirmed = write.state === "unconfirmed";
  const asking = work.asking.get(write.writeId);
  const again = (how: "retry" | "confirmed") => {
    setSure(false);
    const { writeId, intent, attempt } = write;
    work.begin({ writeId, intent, after: { attempt, how } });
  };
  const why = asking?.problem ?? write.reason ?? "";
  const Icon = unconfirmed ? CircleHelp : CircleAlert;
  return (
    <div
      className={`border-t px-3 py-1.5 text-xs ${unconfirmed ? "border-warn-line/40 bg-warn-fill text-warn" : "border-error-line/40 bg-error-fill text-error"}`}
    >
      <p className="flex items-start gap-1.5">
        <Icon className="mt-0.5 size-3 shrink-0" aria-hidden />
        <span>
          <span className="font-medium">{t(unconfirmed ? "queue.perhapsSent" : "queue.notSent")} </span>
          {why === UNREACHED ? t("queue.unreached") : said(why)}
        </span>
      </p>
      <p className="my-1 line-clamp-2 pl-4.5 break-words text-text">{textOf(write)}</p>
      <div className="flex flex-wrap items-center gap-1 pl-3">
        {sure ? (
          <>
            <span>{t("queue.sure")}</span>
            <Button size="sm" variant="primary" onClick={() => again("confirmed")}>
              {t("queue.sendAgain")}
            </Button>
            <Button size="sm" variant="ghost" onClick={() => setSure(false)}>
              {t("summary.cancel")}
            </Button>
          </>
        ) : (
          <>
            {unconfirmed || write.retryable ? (
              <Button
                size="sm"
                disabled={Boolean(blocked) || (asking !== undefined && !asking.problem)}
                title={blocked}
                onClick={() => (unconfirmed ? setSure(true) : again("retry"))}
              >
                {t(unconfirmed ? "queue.sendAgainAsk" : "queue.retry")}
              </Button>
            ) : null}
            <CopyWords text={textOf(write)} label={t("copy.text")} />
            <Button size="sm" variant="ghost" onClick={() => work.discard(write)}>
              {t("queue.discard")}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
