import { StateBadge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import type { Sent } from "./use-uploads.ts";

type SentListProps = { sent: readonly Sent[]; retry: (key: string) => void; clear: () => void };

/** The files that were sent from here: those that failed stand first. */
export function SentList({ sent, retry, clear }: SentListProps) {
  const failed = sent.filter(({ done }) => done?.state === "error");
  const done = sent.filter((one) => one.done !== undefined).length;
  const sorted = [...failed, ...sent.filter(({ done: end }) => end?.state !== "error")];
  return (
    <div>
      <div className="mb-1.5 flex items-center gap-3 text-sm text-muted tabular-nums">
        <span role="status" className="flex-1">
          {done} of {sent.length} sent{failed.length > 0 ? `, ${failed.length} failed` : ""}
        </span>
        {done > 0 ? (
          <Button variant="ghost" size="sm" onClick={clear}>
            Clear list
          </Button>
        ) : null}
      </div>
      <ul className="flex max-h-48 flex-col gap-1 overflow-y-auto text-sm">
        {sorted.map(({ key, file, share, done: end }) => (
          <li key={key} className="flex flex-wrap items-center gap-x-3">
            <span className="min-w-0 flex-1 truncate" title={file.name}>
              {file.name}
            </span>
            {end ? (
              <StateBadge state={end.state} look="plain">
                {end.word}
              </StateBadge>
            ) : (
              <progress
                value={share}
                max={1}
                aria-label={`Sending ${file.name}`}
                className="h-1.5 w-32 accent-accent"
              />
            )}
            {end?.state === "error" ? (
              <Button
                variant="ghost"
                size="sm"
                aria-label={`Send ${file.name} again`}
                onClick={() => retry(key)}
              >
                Retry
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
