import type { ReactNode } from "react";

type ScrollAreaProps = { children: ReactNode; maxHeight?: string; label: string };

/** A part that scrolls by itself. The browser's own bar, thin, so that keys and wheel do what people expect. */
export function ScrollArea({ children, maxHeight = "100%", label }: ScrollAreaProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      style={{ maxHeight, scrollbarWidth: "thin" }}
      className="min-h-0 overflow-auto overscroll-contain"
    >
      {children}
    </section>
  );
}
