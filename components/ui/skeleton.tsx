import type { ReactNode } from "react";

type SkeletonProps = { width?: string; height?: string };

/** A place kept for one thing that is on its way; give it the final height. */
export function Skeleton({ width = "100%", height = "12px" }: SkeletonProps) {
  return <span aria-hidden className="block animate-pulse rounded-sm bg-hover" style={{ width, height }} />;
}

const WIDTHS = ["72%", "48%", "61%", "36%"];

type SkeletonRowsProps = { rows?: number; density?: "normal" | "compact"; label?: string };

/** A place kept for a list: rows of the final height, so that nothing jumps when it comes. */
export function SkeletonRows({ rows = 6, density = "normal", label = "Loading" }: SkeletonRowsProps) {
  const height = density === "compact" ? "h-7" : "h-9";
  return (
    <div role="status" className="rounded-md border bg-surface">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
          key={row}
          className={`flex ${height} items-center border-b px-4 last:border-b-0`}
        >
          <Skeleton width={WIDTHS[row % WIDTHS.length]} />
        </div>
      ))}
    </div>
  );
}

/** What a screen reader hears and everyone else sees as `children`, while something loads. */
export function Loading({ children, label = "Loading" }: { children: ReactNode; label?: string }) {
  return (
    <div role="status">
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}
