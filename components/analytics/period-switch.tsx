import Link from "next/link";
import { ANALYTICS_RANGES } from "#/lib/analytics/analytics-range.ts";
import { Button } from "../ui/button.tsx";

const LABELS = { "24h": "24 hours", "7d": "7 days", "30d": "30 days", "90d": "90 days" } as const;

export function PeriodSwitch({ path, current }: { path: string; current: string }) {
  return (
    <nav aria-label="Time range" className="flex gap-1">
      {(Object.keys(ANALYTICS_RANGES) as (keyof typeof LABELS)[]).map((value) => (
        <Button key={value} asChild size="sm" variant={value === current ? "secondary" : "ghost"}>
          <Link
            href={`${path}?range=${value}` as never}
            replace
            scroll={false}
            prefetch={false}
            aria-current={value === current ? "true" : undefined}
          >
            {LABELS[value]}
          </Link>
        </Button>
      ))}
    </nav>
  );
}
