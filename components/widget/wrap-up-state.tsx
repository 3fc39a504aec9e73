import { CircleAlert, CircleCheck, LoaderCircle } from "lucide-react";
import type { WriteView } from "./desk-view.ts";

type WrapUpStateProps = {
  saved?: WriteView;
  asking?: { problem?: string };
  blocked?: string;
  needsCode: boolean;
};

/** How the last save stands, in one line: when and by whom, or why not. */
export function WrapUpState({ saved, asking, blocked, needsCode }: WrapUpStateProps) {
  return (
    <p role="status" className="flex min-h-4 items-start gap-1.5 text-xs">
      {lineOf({ saved, asking, blocked, needsCode })}
    </p>
  );
}

function lineOf({ saved, asking, blocked, needsCode }: WrapUpStateProps) {
  if (asking?.problem) return <Bad>{asking.problem}</Bad>;
  if (saved?.state === "sending" || asking)
    return (
      <>
        <LoaderCircle className="size-4 shrink-0 animate-spin motion-reduce:animate-none" aria-hidden />
        <span className="text-muted">Saving…</span>
      </>
    );
  if (saved?.state === "failed" || saved?.state === "unconfirmed")
    return <Bad>{`Not saved: ${saved.reason ?? "the platform refused it."} Your text is kept.`}</Bad>;
  if (saved?.state === "sent") return <Saved saved={saved} />;
  if (blocked) return <span className="text-muted">{blocked}</span>;
  return needsCode ? <span className="text-muted">Choose a code to save.</span> : null;
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
  const time = new Date(changedAt).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const who = agent ? ` by ${agent.name ?? agent.id}` : "";
  const what = intent.kind === "summary" && intent.provisional ? "Draft saved" : "Saved";
  return (
    <>
      <CircleCheck className="size-4 shrink-0 text-ok" aria-hidden />
      <span className="text-muted">
        {what} {time}
        {who}
        {intent.kind === "summary" ? `, ${intent.codeName}` : ""}
      </span>
    </>
  );
}
