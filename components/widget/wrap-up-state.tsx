import { CircleAlert, CircleCheck, LoaderCircle } from "lucide-react";
import type { WriteView } from "./desk-view.ts";
import { useWords } from "./use-words.tsx";
import { UNREACHED } from "./use-writes.ts";
import type { Words } from "./words.ts";

type WrapUpStateProps = {
  saved?: WriteView;
  asking?: { problem?: string };
  blocked?: string;
  needsCode: boolean;
};

/** How the last save stands, in one line: when and by whom, or why not. */
export function WrapUpState(props: WrapUpStateProps) {
  const words = useWords();
  return (
    <p role="status" className="flex min-h-4 items-start gap-1.5 text-xs">
      {lineOf(words, props)}
    </p>
  );
}

function lineOf({ t, said }: Words, { saved, asking, blocked, needsCode }: WrapUpStateProps) {
  if (asking?.problem)
    return <Bad>{asking.problem === UNREACHED ? t("queue.unreached") : said(asking.problem)}</Bad>;
  if (saved?.state === "sending" || asking)
    return (
      <>
        <LoaderCircle className="size-4 shrink-0 animate-spin motion-reduce:animate-none" aria-hidden />
        <span className="text-muted">{t("wrapUp.saving")}</span>
      </>
    );
  if (saved?.state === "failed" || saved?.state === "unconfirmed")
    return (
      <Bad>
        {t("wrapUp.notSaved", { reason: saved.reason ? said(saved.reason) : t("wrapUp.refusedByPlatform") })}
      </Bad>
    );
  if (saved?.state === "sent") return <Saved saved={saved} />;
  if (blocked) return <span className="text-muted">{blocked}</span>;
  return needsCode ? <span className="text-muted">{t("wrapUp.needsCode")}</span> : null;
}

function Bad({ children }: { children: string }) {
  return (
    <>
      <CircleAlert className="size-4 shrink-0 text-error" aria-hidden />
      <span className="text-error">{children}</span>
    </>
  );
}

function Saved({ saved: { intent, agent, changedAt } }: { saved: WriteView }) {
  const words = useWords();
  const time = words.time(changedAt);
  const who = agent ? ` ${words.t("wrapUp.by", { agent: agent.name ?? agent.id })}` : "";
  const draft = intent.kind === "summary" && intent.provisional;
  return (
    <>
      <CircleCheck className="size-4 shrink-0 text-ok" aria-hidden />
      <span className="text-muted">
        {words.t(draft ? "wrapUp.draftSaved" : "wrapUp.saved", { time })}
        {who}
        {intent.kind === "summary" ? `, ${intent.codeName}` : ""}
      </span>
    </>
  );
}
