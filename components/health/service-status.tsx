import Link from "next/link";
import type { Problem } from "#/lib/health/rank-problems.ts";
import { StateBadge } from "../ui/badge.tsx";

/** How the whole service does, in a word; the way to what is behind it. */
export function ServiceStatus({ href, problems }: { href: string; problems: readonly Problem[] }) {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const state = errors > 0 ? "error" : problems.length > 0 ? "warn" : "ok";
  const words =
    problems.length === 0
      ? "All systems fine"
      : problems.length === 1
        ? "1 thing needs you"
        : `${problems.length} things need you`;
  return (
    <Link href={href as never} prefetch={false} title="Service Health" className="min-w-0 rounded-sm">
      <StateBadge state={state} look="plain">
        {words}
      </StateBadge>
    </Link>
  );
}
