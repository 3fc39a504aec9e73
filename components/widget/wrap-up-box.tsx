"use client";

import { useId, useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import type { WrapUpCode } from "#/lib/connectors/widget-provider.ts";
import { CopyWords } from "./copy-words.tsx";
import type { WriteView } from "./desk-view.ts";
import { useWords } from "./use-words.tsx";
import type { WrapUpCodes } from "./use-wrap-up-codes.ts";
import type { Writes } from "./use-writes.ts";
import { WrapUpState } from "./wrap-up-state.tsx";

type WrapUpBoxProps = {
  codes: WrapUpCodes;
  notes: { text: string; cut: boolean };
  queue?: string;
  /** The last save, as it stands. */
  saved?: WriteView;
  work: Writes;
  /** Why nothing can be saved now. */
  blocked?: string;
};

/** The last code of each queue, for the next conversation there; gone with the page. */
const lastCodes = new Map<string, string>();

/** The platform's own wrap-up: a code, and the summary as its notes. */
export function WrapUpBox({ codes, notes, queue = "", saved, work, blocked }: WrapUpBoxProps) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<string>();
  const [newId, setNewId] = useState<string>();
  const known = codes.state === "ready" ? codes.codes : [];
  const only = known.length === 1 ? known[0]?.id : undefined;
  const codeId = chosen ?? savedCode(saved) ?? lastCodes.get(queue) ?? only;
  const code = known.find(({ id }) => id === codeId);
  const asking = work.asking.get(newId ?? "") ?? (saved && work.asking.get(saved.writeId));
  const busy = saved?.state === "sending" || (asking !== undefined && !asking.problem);

  const save = (provisional: boolean) => {
    if (!code) return;
    lastCodes.set(queue, code.id);
    const intent = {
      kind: "summary" as const,
      codeId: code.id,
      codeName: code.name,
      notes: notes.text,
      provisional,
    };
    // A save that failed is tried again under its own id; the text is what it is now.
    if (saved?.state === "failed" || saved?.state === "unconfirmed") {
      const how = saved.state === "failed" ? ("retry" as const) : ("confirmed" as const);
      work.begin({ writeId: saved.writeId, intent, after: { attempt: saved.attempt, how } });
      return;
    }
    const writeId = asking?.problem && newId ? newId : crypto.randomUUID();
    setNewId(writeId);
    work.begin({ writeId, intent });
  };
  const disabled = busy || !code || Boolean(blocked);
  return (
    <section aria-label={t("wrapUp.label")} className="flex flex-col gap-2 rounded-md border bg-surface p-3">
      {blocked && codes.state !== "ready" ? null : (
        <CodePicker codes={codes} value={code?.id ?? ""} onChange={setChosen} />
      )}
      <NotesPreview {...notes} />
      <div className="flex flex-wrap items-center gap-1">
        <Button size="sm" variant="primary" disabled={disabled} title={blocked} onClick={() => save(false)}>
          {t(failedAs(saved) === "final" ? "wrapUp.again" : "wrapUp.save")}
        </Button>
        <Button size="sm" disabled={disabled} title={blocked} onClick={() => save(true)}>
          {t(failedAs(saved) === "draft" ? "wrapUp.draftAgain" : "wrapUp.saveDraft")}
        </Button>
        <CopyWords text={notes.text} label={t("copy.summary")} />
      </div>
      <WrapUpState saved={saved} asking={asking} blocked={blocked} needsCode={!code} />
    </section>
  );
}

/** What was tried last and failed: the button that tries it again says so. */
function failedAs(saved: WriteView | undefined): "draft" | "final" | undefined {
  if (saved?.state !== "failed" || saved.intent.kind !== "summary") return undefined;
  return saved.intent.provisional ? "draft" : "final";
}

const savedCode = (saved: WriteView | undefined) =>
  saved?.intent.kind === "summary" ? saved.intent.codeId : undefined;

/** Fewer than these are seen at a glance. */
const SEARCH_FROM = 13;

type CodePickerProps = { codes: WrapUpCodes; value: string; onChange(codeId: string): void };

function CodePicker({ codes, value, onChange }: CodePickerProps) {
  const { t } = useWords();
  const id = useId();
  const [search, setSearch] = useState("");
  if (codes.state === "loading") return <p className="text-muted">{t("wrapUp.fetching")}</p>;
  if (codes.state === "failed")
    return (
      <p role="alert" className="flex flex-wrap items-center gap-2 text-error">
        {t("wrapUp.fetchFailed")}
        <Button size="sm" onClick={codes.again}>
          {t("wrapUp.again")}
        </Button>
      </p>
    );
  if (codes.codes.length === 0) return <p className="text-muted">{t("wrapUp.none")}</p>;
  const found = matching(codes.codes, search, value);
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium text-muted">
        {t("wrapUp.code")}
      </label>
      {codes.codes.length >= SEARCH_FROM ? (
        <input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          aria-label={t("wrapUp.search")}
          placeholder={t("wrapUp.searchHint", { count: codes.codes.length })}
          className="h-7 rounded-md border border-line-strong bg-background px-2 placeholder:text-muted"
        />
      ) : null}
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-8 w-full rounded-md border border-line-strong bg-background px-2"
      >
        <option value="" disabled>
          {t("wrapUp.choose")}
        </option>
        {found.map((code) => (
          <option key={code.id} value={code.id}>
            {code.name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What is chosen stays in the list, whatever is searched for. */
function matching(codes: readonly WrapUpCode[], search: string, value: string): WrapUpCode[] {
  const words = search.trim().toLowerCase();
  return codes.filter(({ id, name }) => id === value || name.toLowerCase().includes(words));
}

function NotesPreview({ text, cut }: { text: string; cut: boolean }) {
  const { t } = useWords();
  return (
    <details>
      <summary className="cursor-default text-xs font-medium text-muted">{t("wrapUp.notes")}</summary>
      <p className="mt-1 max-h-40 overflow-y-auto rounded-sm bg-background px-2 py-1 text-xs break-words whitespace-pre-line">
        {text || t("wrapUp.empty")}
      </p>
      {cut ? <p className="pt-1 text-xs text-warn">{t("wrapUp.cut")}</p> : null}
    </details>
  );
}
