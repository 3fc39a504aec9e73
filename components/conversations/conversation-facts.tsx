import type { ConversationDetail } from "#/lib/conversations/conversation-detail.ts";
import { Card, Facts } from "../ui/card.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { ShortId } from "../ui/short-id.tsx";
import { Duration, RelativeTime } from "../ui/time.tsx";

/** Where and when it was, and its figures. */
export function ConversationFacts({ conversation }: { conversation: ConversationDetail }) {
  const { connection, figures, startedAt, endedAt } = conversation;
  return (
    <Card>
      <Facts
        items={[
          {
            term: "Platform",
            value: (
              <span className="inline-flex items-center gap-2">
                <PlatformMark platform={connection.platform} size={16} />
                {connection.name}
              </span>
            ),
          },
          { term: "Started", value: <RelativeTime at={startedAt} /> },
          ...(endedAt
            ? [{ term: "Lasted", value: <Duration ms={Date.parse(endedAt) - Date.parse(startedAt)} /> }]
            : []),
          ...(conversation.language ? [{ term: "Language", value: conversation.language }] : []),
          { term: "Platform’s id", value: <ShortId id={conversation.platformId} label="platform’s id" /> },
          { term: "Suggestions", value: `${figures.shown} shown, ${figures.used} used` },
          { term: "Rejected", value: String(figures.rejected) },
          { term: "Unanswered", value: String(figures.unanswered) },
          ...(figures.deadEvents > 0
            ? [{ term: "Dead events", value: <span className="text-error">{figures.deadEvents}</span> }]
            : []),
        ]}
      />
    </Card>
  );
}
