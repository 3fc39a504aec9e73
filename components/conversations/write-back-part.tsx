import type { ConversationWriteBack } from "#/lib/conversations/conversation-detail.ts";
import type { WriteBackState } from "#/lib/events/write-back.ts";
import { type State, StateBadge } from "../ui/badge.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { RelativeTime } from "../ui/time.tsx";

const STATES: Record<WriteBackState, { state: State; word: string }> = {
  sending: { state: "busy", word: "Sending" },
  sent: { state: "ok", word: "Sent" },
  failed: { state: "error", word: "Failed" },
  unconfirmed: { state: "warn", word: "Not confirmed" },
  discarded: { state: "off", word: "Given up" },
};

/** What agents had written to the platform, the newest first. */
export function WriteBackPart({ writeBacks }: { writeBacks: readonly ConversationWriteBack[] }) {
  return (
    <Card>
      <CardHeader title="Write-backs" />
      {writeBacks.length === 0 ? (
        <p className="text-sm text-muted">Nothing was written to the platform.</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {writeBacks.map((write) => (
            <li key={write.id} className="text-sm">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
                <span className="font-medium">
                  {write.kind === "message" ? "Message" : `Summary${write.code ? `, ${write.code}` : ""}`}
                </span>
                <StateBadge state={STATES[write.state].state} look="plain">
                  {STATES[write.state].word}
                </StateBadge>
                <span className="ml-auto text-muted">
                  <RelativeTime at={write.at} />
                </span>
              </p>
              <p className="line-clamp-3 break-words text-muted">{write.text}</p>
              {write.reason ? <p className="text-warn">{write.reason}</p> : null}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
