"use client";

import { ChevronDown } from "lucide-react";
import { type ReactNode, type RefObject, useSyncExternalStore } from "react";

export type PaneName = "assist" | "transcript";

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
  /** The pane on screen, where there is room for one. */
  pane: PaneName;
  onPane(pane: PaneName): void;
  /** With room for both, the transcript may be folded away. */
  folded: boolean;
  onFold(): void;
  assist: ReactNode;
  transcript: ReactNode;
  assistRef: RefObject<HTMLElement | null>;
};

/** Tabs where it is narrow, one above the other where it is not, side by side where it is wide. */
export function Panes(props: PanesProps) {
  const { narrow, pane, folded, assist, transcript } = props;
  const panel = (name: PaneName) =>
    narrow
      ? { role: "tabpanel", id: `pane-${name}`, "aria-labelledby": `tab-${name}` }
      : { "aria-label": LABELS[name] };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {narrow ? <PaneTabs pane={pane} onPane={props.onPane} /> : null}
      <div className="flex min-h-0 flex-1 flex-col min-[760px]:flex-row">
        <section
          ref={props.assistRef}
          {...panel("assist")}
          hidden={narrow && pane !== "assist"}
          className="flex min-h-0 flex-[3] flex-col [&[hidden]]:hidden"
        >
          {assist}
        </section>
        <section
          {...panel("transcript")}
          hidden={narrow && pane !== "transcript"}
          className={`flex min-h-0 flex-col [&[hidden]]:hidden ${narrow ? "flex-1 pt-2" : "border-t min-[760px]:border-t-0 min-[760px]:border-l"} ${narrow ? "" : folded ? "flex-none" : "flex-[2]"}`}
        >
          {narrow ? null : <FoldButton folded={folded} onFold={props.onFold} />}
          {folded && !narrow ? null : transcript}
        </section>
      </div>
    </div>
  );
}

const LABELS = { assist: "Assist", transcript: "Transcript" } as const;
const NAMES = ["assist", "transcript"] as const;

function PaneTabs({ pane, onPane }: { pane: PaneName; onPane(pane: PaneName): void }) {
  const other = pane === "assist" ? "transcript" : "assist";
  return (
    <div role="tablist" aria-label="Views" className="flex shrink-0 gap-4 border-b px-3">
      {NAMES.map((name) => (
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
            if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
            onPane(other);
            document.getElementById(`tab-${other}`)?.focus();
          }}
          className="-mb-px h-8 border-b-2 border-transparent text-muted aria-selected:border-accent-line aria-selected:text-text"
        >
          {LABELS[name]}
        </button>
      ))}
    </div>
  );
}

function FoldButton({ folded, onFold }: { folded: boolean; onFold(): void }) {
  return (
    <button
      type="button"
      onClick={onFold}
      aria-expanded={!folded}
      title={`${folded ? "Show" : "Hide"} the transcript (t)`}
      className="flex h-8 shrink-0 items-center gap-1 px-3 text-xs font-medium text-muted hover:text-text"
    >
      Transcript
      <ChevronDown className={`size-3 transition-transform ${folded ? "-rotate-90" : ""}`} aria-hidden />
    </button>
  );
}
