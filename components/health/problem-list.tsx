import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { Problem } from "#/lib/health/rank-problems.ts";
import { cn } from "../ui/class-names.ts";
import { RelativeTime } from "../ui/time.tsx";

type ProblemListProps = { problems: readonly Problem[]; slug: string };

/** What is wrong now, the worst first: since when, whom it affects, what to do. */
export function ProblemList({ problems, slug }: ProblemListProps) {
  if (problems.length === 0)
    return (
      <p className="flex items-center gap-2.5 rounded-md border border-ok-line/40 bg-ok-fill px-4 py-3 font-medium text-ok">
        <CircleCheck className="size-4" aria-hidden />
        Nothing needs you
      </p>
    );
  return (
    <ul aria-label="What needs you" className="overflow-hidden rounded-md border bg-surface">
      {problems.map((problem) => (
        <ProblemRow key={problem.id} problem={problem} slug={slug} />
      ))}
    </ul>
  );
}

function ProblemRow({ problem, slug }: { problem: Problem; slug: string }) {
  const severe = problem.severity === "error";
  const Icon = severe ? CircleAlert : TriangleAlert;
  return (
    <li
      className={cn(
        "flex items-start gap-3 border-b border-l-4 px-4 py-3 last:border-b-0",
        severe ? "border-l-error-line bg-error-fill" : "border-l-warn-line",
      )}
    >
      <Icon className={cn("mt-0.5 size-4 shrink-0", severe ? "text-error" : "text-warn")} aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2.5">
          <span className={cn("font-medium", severe ? "text-error" : "text-warn")}>
            <span className="sr-only">{severe ? "Error: " : "Warning: "}</span>
            {problem.title}
          </span>
          {problem.since ? (
            <span className="text-sm text-muted">
              since <RelativeTime at={problem.since} />
            </span>
          ) : null}
        </p>
        <p className="text-sm break-words">{problem.affects}</p>
        <p className="text-sm break-words text-muted">
          {problem.action}{" "}
          {problem.path ? (
            <Link
              href={`/${slug}${problem.path}` as never}
              className="text-accent-text underline underline-offset-4"
            >
              Open
            </Link>
          ) : null}
        </p>
      </div>
    </li>
  );
}
