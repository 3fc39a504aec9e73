"use client";

import { ChevronDown } from "lucide-react";
import { type ReactNode, type RefObject, useSyncExternalStore } from "react";
import { useWords } from "./use-words.tsx";

export type PaneName = "assist" | "transcript" | "summary";

const NARROW = "(max-width: 419px)";

/** Whether there is room for one pane only. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(NARROW);
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => window.matchMedia(NARROW).matches,
    () => true,
  );
}

type PanesProps = {
  narrow: boolean;
  /** The pane on screen, where there is room for one; below the answers, where there is room for two. */
  pane: PaneName;
  onPane(pane: PaneName): void;
  /** With room for both, what stands below may be folded away. */
  folded: boolean;
  onFold(): void;
  assist: ReactNode;
  transcript: ReactNode;
  summary: ReactNode;
  assistRef: RefObject<HTMLElement | null>;
  /** Cards that came and that nobody has seen. */
  unread: number;
};

const LABELS = { assist: "pane.assist", transcript: "pane.transcript", summary: "pane.summary" } as const;
const ALL = ["assist", "transcript", "summary"] as const;
const LOWER = ["transcript", "summary"] as const;
/** A summary is worked in; a transcript is glanced at. */
const LOWER_SHARE = { transcript: "flex-[2]", summary: "flex-[4]" } as const;

/** Tabs where it is narrow, one above the other where it is not, side by side where it is wide. */
export function Panes(props: PanesProps) {
  const { narrow, pane, folded, assist, unread } = props;
  const { t } = useWords();
  const lower = pane === "summary" ? "summary" : "transcript";
  const tabs = (names: readonly PaneName[], chosen: PaneName) => (
    <PaneTabs names={names} pane={chosen} onPane={props.onPane} unread={unread} />
  );
  const panel = (name: PaneName) => ({
    role: "tabpanel",
    id: `pane-${name}`,
    "aria-labelledby": `tab-${name}`,
  });
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {narrow ? <div className="shrink-0 border-b px-3">{tabs(ALL, pane)}</div> : null}
      <div className="flex min-h-0 flex-1 flex-col min-[760px]:flex-row">
        <section
          ref={props.assistRef}
          {...(narrow ? panel("assist") : { "aria-label": t(LABELS.assist) })}
          hidden={narrow && pane !== "assist"}
          className="flex min-h-0 flex-[3] flex-col [&[hidden]]:hidden"
        >
          {assist}
        </section>
        <div
          hidden={narrow && pane === "assist"}
          className={`flex min-h-0 flex-col [&[hidden]]:hidden ${narrow ? "flex-1" : "border-t min-[760px]:border-t-0 min-[760px]:border-l"} ${narrow ? "" : folded ? "flex-none" : LOWER_SHARE[lower]}`}
        >
          {narrow ? null : (
            <div className="flex shrink-0 items-center justify-between px-3">
              {tabs(LOWER, lower)}
              <FoldButton pane={lower} folded={folded} onFold={props.onFold} />
            </div>
          )}
          {LOWER.map((name) => (
            <section
              key={name}
              {...panel(name)}
              hidden={lower !== name || (folded && !narrow)}
              className={`flex min-h-0 flex-1 flex-col [&[hidden]]:hidden ${narrow && name === "transcript" ? "pt-2" : ""}`}
            >
              {props[name]}
            </section>
          ))}
        </div>
      </div>
    </div>
  );
}

type PaneTabsProps = {
  names: readonly PaneName[];
  pane: PaneName;
  unread: number;
  onPane(pane: PaneName): void;
};

function PaneTabs({ names, pane, unread, onPane }: PaneTabsProps) {
  const { t } = useWords();
  const go = (step: number) => {
    const next = names[(names.indexOf(pane) + step + names.length) % names.length] ?? pane;
    onPane(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div role="tablist" aria-label={t("pane.views")} className="flex gap-4">
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-controls={`pane-${name}`}
          aria-selected={pane === name}
          tabIndex={pane === name ? 0 : -1}
          onClick={() => onPane(name)}
          onKeyDown={(event) => {
            if (event.key === "ArrowLeft") go(-1);
            if (event.key === "ArrowRight") go(1);
          }}
          className="-mb-px h-8 border-b-2 border-transparent text-muted aria-selected:border-accent-line aria-selected:text-text"
        >
          {t(LABELS[name])}
          {name === "assist" && unread > 0 ? (
            <span
              title={t("pane.unread", { count: unread })}
              className="ml-1 rounded-sm bg-accent-fill px-1 text-xs font-medium text-accent-text tabular-nums"
            >
              {unread}
            </span>
          ) : null}
        </button>
      ))}
    </div>
  );
}

type FoldButtonProps = { pane: "transcript" | "summary"; folded: boolean; onFold(): void };

const FOLD_WORDS = {
  transcript: { shows: "pane.showTranscript", hides: "pane.hideTranscript", key: " (t)" },
  summary: { shows: "pane.showSummary", hides: "pane.hideSummary", key: "" },
} as const;

function FoldButton({ pane, folded, onFold }: FoldButtonProps) {
  const { t } = useWords();
  const { shows, hides, key } = FOLD_WORDS[pane];
  const words = t(folded ? shows : hides);
  return (
    <button
      type="button"
      onClick={onFold}
      aria-expanded={!folded}
      aria-label={words}
      title={`${words}${key}`}
      className="flex size-7 shrink-0 items-center justify-center rounded-sm text-muted hover:text-text"
    >
      <ChevronDown
        className={`size-3 transition-transform motion-reduce:transition-none ${folded ? "-rotate-90" : ""}`}
        aria-hidden
      />
    </button>
  );
}
