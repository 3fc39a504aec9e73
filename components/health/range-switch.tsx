import Link from "next/link";
import { Button } from "../ui/button.tsx";

const RANGES = [
  { value: "1h", label: "Last hour" },
  { value: "24h", label: "24 hours" },
  { value: "7d", label: "7 days" },
  { value: "30d", label: "30 days" },
] as const;

export function RangeSwitch({ path, current }: { path: string; current: string }) {
  return (
    <nav aria-label="Time range" className="flex gap-1">
      {RANGES.map(({ value, label }) => (
        <Button key={value} asChild size="sm" variant={value === current ? "secondary" : "ghost"}>
          <Link
            href={`${path}?range=${value}` as never}
            replace
            scroll={false}
            aria-current={value === current ? "true" : undefined}
          >
            {label}
          </Link>
        </Button>
      ))}
    </nav>
  );
}
