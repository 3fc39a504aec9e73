import { StateBadge } from "../ui/badge.tsx";
import { Duration, RelativeTime } from "../ui/time.tsx";
import { PanePart } from "./pane.tsx";

type Failure = { at: number; error: string; generation?: number | undefined };

export type AttemptsEnd = { state: "ok" | "error" | "busy"; words: string; at: string | undefined };

/** Each attempt that failed: when, why, and how long after the one before; then how it ended. */
export function Attempts({ failures, end }: { failures: readonly Failure[]; end?: AttemptsEnd }) {
  if (failures.length === 0) return null;
  return (
    <PanePart title="Attempts">
      <ol className="flex flex-col gap-2 border-l-2 pl-3 text-sm">
        {failures.map(({ at, error, generation }, index) => {
          const before = failures[index - 1];
          return (
            <li key={`${at}${generation ?? 0}`}>
              <span className="flex flex-wrap items-center gap-x-2 text-muted">
                <StateBadge state="error" look="plain">
                  {`Attempt ${index + 1} failed`}
                </StateBadge>
                <RelativeTime at={at} />
                {before ? (
                  <span>
                    <Duration ms={at - before.at} /> later
                  </span>
                ) : null}
                {generation ? <span>replay {generation}</span> : null}
              </span>
              <span className="block break-words text-error">{error}</span>
            </li>
          );
        })}
        {end ? (
          <li className="flex flex-wrap items-center gap-x-2">
            <StateBadge state={end.state} look="plain">
              {end.words}
            </StateBadge>
            {end.at ? (
              <span className="text-muted">
                <RelativeTime at={end.at} />
              </span>
            ) : null}
          </li>
        ) : null}
      </ol>
    </PanePart>
  );
}
