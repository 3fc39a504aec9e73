import Link from "next/link";
import type { Adoption, Figures } from "#/lib/analytics/read-analytics.ts";
import { durationWords } from "../ui/time-words.ts";

type FigureStripProps = {
  total: Figures;
  adoption: Adoption;
  /** The list behind the first figure; absent for who may not read it. */
  conversationsHref: string | undefined;
};

/** The period in eight figures, each with what it is a part of. */
export function FigureStrip({ total, adoption, conversationsHref }: FigureStripProps) {
  const items = [
    {
      label: "Conversations",
      value: total.conversations.toLocaleString("en"),
      note: `${share(adoption.assisted, total.conversations)} with a suggestion`,
      href: conversationsHref,
    },
    {
      label: "Agents with the widget",
      value: `${adoption.agentsWithWidget} of ${adoption.agents}`,
      note: `${share(adoption.conversationsWithWidget, total.conversations)} of conversations`,
    },
    {
      label: "Suggestions shown",
      value: total.shown.toLocaleString("en"),
      note: `for ${total.questions.toLocaleString("en")} questions`,
    },
    {
      label: "Used",
      value: share(total.used, total.shown),
      note: `${total.used.toLocaleString("en")} copied, inserted, sent or helpful`,
    },
    {
      label: "Rejected",
      value: share(total.rejected, total.shown),
      note: `${total.rejected.toLocaleString("en")} suggestions`,
    },
    {
      label: "Unanswered",
      value: share(total.unanswered, total.questions),
      note: `${total.unanswered.toLocaleString("en")} questions`,
    },
    { label: "Time to suggestion, p50", value: durationOf(total.p50), note: "half came faster" },
    { label: "Time to suggestion, p95", value: durationOf(total.p95), note: "19 of 20 came faster" },
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border bg-line sm:grid-cols-4">
      {items.map(({ label, value, note, href }) => (
        <div key={label} className="flex flex-col bg-surface px-4 py-3">
          <dt className="text-sm text-muted">{label}</dt>
          <dd className="text-xl font-semibold tabular-nums">
            {href ? (
              <Link href={href as never} prefetch={false} className="hover:underline">
                {value}
              </Link>
            ) : (
              value
            )}
          </dd>
          <dd className="text-xs text-muted tabular-nums">{note}</dd>
        </div>
      ))}
    </dl>
  );
}

const durationOf = (ms: number | undefined) => (ms === undefined ? "–" : durationWords(ms));

/** A part as whole percents; a dash where there is nothing to be a part of. */
export function share(part: number, whole: number): string {
  return whole === 0 ? "–" : `${Math.round((part / whole) * 100)} %`;
}
