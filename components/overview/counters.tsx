import Link from "next/link";
import type { OverviewCounts } from "#/lib/inspector/read-overview.ts";

type CountersProps = { counts: OverviewCounts; eventsHref: string | undefined };

/** Numbers of the last 24 hours, as one strip. */
export function Counters({ counts, eventsHref }: CountersProps) {
  const items = [
    { label: "Conversations", value: counts.conversations },
    { label: "Events", value: counts.events, href: eventsHref && `${eventsHref}?range=24h` },
    { label: "Suggestions", value: counts.suggestions },
    { label: "Questions without a source", value: counts.noSource },
    { label: "Thumbs up", value: counts.thumbsUp },
    { label: "Thumbs down", value: counts.thumbsDown },
  ];
  return (
    <dl
      aria-label="Last 24 hours"
      className="grid grid-cols-2 gap-px overflow-hidden rounded-md border bg-line sm:grid-cols-3 xl:grid-cols-6"
    >
      {items.map(({ label, value, href }) => (
        <div key={label} className="flex flex-col-reverse justify-end bg-surface px-4 py-3">
          <dt className="text-sm text-muted">{label}</dt>
          <dd className="text-xl font-semibold tabular-nums">
            {href ? (
              <Link href={href as never} className="hover:underline">
                {value.toLocaleString("en")}
              </Link>
            ) : (
              value.toLocaleString("en")
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
