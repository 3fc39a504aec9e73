import type { ReactNode } from "react";

type PaneProps = { title: ReactNode; label: string; actions?: ReactNode; children: ReactNode };

/** One of the inspector's panes: a header that stays and a body that scrolls by itself where there is room beside. */
export function Pane({ title, label, actions, children }: PaneProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className="min-w-0 overflow-auto rounded-md border bg-surface min-[85rem]:max-h-[calc(100dvh-12.75rem)]"
    >
      <header className="sticky top-0 z-10 flex min-h-11 flex-wrap items-center gap-2 border-b bg-surface px-4 py-1.5">
        {title}
        {actions ? <div className="ml-auto flex items-center gap-2">{actions}</div> : null}
      </header>
      <div className="flex flex-col gap-5 p-4">{children}</div>
    </section>
  );
}

export function PanePart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1.5 text-xs font-medium text-muted">{title}</h3>
      {children}
    </section>
  );
}
