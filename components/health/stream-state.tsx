import type { HeldSubscription } from "#/lib/health/subscription-states.ts";
import { StateBadge } from "../ui/badge.tsx";
import { RelativeTime } from "../ui/time.tsx";

const STATES = {
  live: { state: "ok", word: "Live" },
  connecting: { state: "busy", word: "Connecting" },
  waiting: { state: "warn", word: "Waiting" },
} as const;

/** How the stream that we hold for a connection does; "–" where we hold none. */
export function StreamState({ held }: { held: HeldSubscription | undefined }) {
  if (!held) return <span className="text-muted">–</span>;
  const { state, word } = STATES[held.state];
  const { lastMessageAt, reconnects, detail } = held;
  return (
    <div className="min-w-36">
      <StateBadge state={state} look="plain">
        {word}
      </StateBadge>
      {held.state === "live" || !detail ? null : (
        <span className="block max-w-64 text-xs break-words">{detail}</span>
      )}
      <span className="block text-xs text-muted">
        {lastMessageAt === undefined ? (
          "no message yet"
        ) : (
          <>
            message <RelativeTime at={new Date(lastMessageAt).toISOString()} />
          </>
        )}
        {reconnects > 0 ? `, ${reconnects} ${reconnects === 1 ? "reconnect" : "reconnects"}` : null}
      </span>
    </div>
  );
}
