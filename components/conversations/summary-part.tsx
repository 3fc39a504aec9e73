import { Lock } from "lucide-react";
import type { ConversationSummary } from "#/lib/conversations/conversation-detail.ts";
import type { SummaryFieldName } from "#/lib/events/summary.ts";
import { Badge } from "../ui/badge.tsx";
import { Card, CardHeader } from "../ui/card.tsx";

const TITLES: Record<SummaryFieldName, string> = {
  reason: "Reason",
  facts: "Facts",
  actions: "Actions",
  outcome: "Outcome",
};

/** The summary; each drafted sentence leads to the words that it rests on. */
export function SummaryPart({ summary }: { summary: ConversationSummary | undefined }) {
  return (
    <Card>
      <CardHeader
        title="Summary"
        hint={
          summary
            ? `Version ${summary.version}, ${summary.model === "extractive" ? "in the speakers’ own words" : (summary.model ?? "not drafted yet")}`
            : undefined
        }
      />
      {summary ? <Fields summary={summary} /> : <p className="text-sm text-muted">Nobody asked for one.</p>}
    </Card>
  );
}

function Fields({ summary }: { summary: ConversationSummary }) {
  const filled = summary.fields.filter(({ text }) => text !== "");
  return (
    <div className="flex flex-col gap-3">
      {summary.reason ? <p className="text-sm text-warn">{summary.reason}</p> : null}
      {filled.length === 0 ? <p className="text-sm text-muted">It is empty so far.</p> : null}
      {filled.map((field) => (
        <section key={field.name}>
          <h3 className="mb-0.5 flex items-center gap-2 text-xs font-medium text-muted">
            {TITLES[field.name]}
            {field.locked ? (
              <Badge>
                <Lock aria-hidden />
                Written by the agent
              </Badge>
            ) : null}
          </h3>
          {field.sentences.length > 0 ? (
            <ul className="flex flex-col gap-1 text-sm">
              {field.sentences.map((sentence) => (
                <li key={sentence.text} className="break-words">
                  {sentence.text} <Evidence ids={sentence.evidence} />
                </li>
              ))}
            </ul>
          ) : (
            <p className="text-sm break-words whitespace-pre-line">{field.text}</p>
          )}
        </section>
      ))}
    </div>
  );
}

function Evidence({ ids }: { ids: readonly string[] }) {
  return ids.map((id, index) => (
    <a
      key={id}
      href={`#event-${id}`}
      aria-label={`To the words behind this, ${index + 1}`}
      className="ml-0.5 rounded-sm text-xs text-accent-text hover:underline"
    >
      [{index + 1}]
    </a>
  ));
}
