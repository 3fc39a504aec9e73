import Link from "next/link";
import type { EventDetail, RelatedEvent, UsedVersions } from "#/lib/inspector/read-event.ts";
import { Facts } from "../ui/card.tsx";
import { ShortId } from "../ui/short-id.tsx";
import { ClockTime, Duration } from "../ui/time.tsx";
import { Attempts, type AttemptsEnd } from "./attempts.tsx";
import { typeWord } from "./event-words.ts";
import { Pane, PanePart } from "./pane.tsx";
import { WaterfallChart } from "./waterfall-chart.tsx";

type TrailPaneProps = { event: EventDetail; eventHref: (id: string) => string };

const MESSAGE_WORDS: Record<string, string> = {
  transcript: "Transcript line",
  suggestion: "Card",
  "no-source": "“No source” line",
  session: "Session state",
  gap: "Visible gap",
  notice: "Notice",
};

/** What became of an event, stage by stage, and with what. */
export function TrailPane({ event, eventHref }: TrailPaneProps) {
  return (
    <Pane
      label="Trail"
      title={<h2 className="text-base font-semibold">Trail</h2>}
      actions={
        <span className="text-sm text-muted">
          <Duration ms={event.waterfall.totalMs} /> in all
        </span>
      }
    >
      <WaterfallChart waterfall={event.waterfall} />
      <Attempts failures={event.failures} end={endOf(event)} />
      {event.notes.length > 0 ? (
        <PanePart title="Notes">
          <ul className="flex flex-col gap-0.5 text-sm break-words">
            {event.notes.map((note, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: notes are only ever added at the end.
              <li key={index}>{note}</li>
            ))}
          </ul>
        </PanePart>
      ) : null}
      {event.versions.map((versions) => (
        <Versions key={versions.suggestionId} versions={versions} />
      ))}
      {event.messages.length > 0 ? (
        <PanePart title="Shown by widgets">
          <ul className="flex flex-col gap-0.5 text-sm">
            {event.messages.map((message) => (
              <li key={message.seq} className="flex flex-wrap justify-between gap-x-3">
                <span>
                  <span className="font-mono text-muted">#{message.seq}</span>{" "}
                  {MESSAGE_WORDS[message.kind] ?? message.kind}
                </span>
                <span className="text-muted">
                  {message.paintedAt ? (
                    <>
                      painted after{" "}
                      <Duration ms={Date.parse(message.paintedAt) - Date.parse(message.emittedAt)} />
                    </>
                  ) : (
                    "on no screen yet"
                  )}
                </span>
              </li>
            ))}
          </ul>
        </PanePart>
      ) : null}
      <Related
        title="From the same delivery"
        related={event.sameDelivery}
        current={event.id}
        eventHref={eventHref}
      />
      <Related
        title="Around it in the same conversation"
        related={event.related.length > 1 ? event.related : []}
        current={event.id}
        eventHref={eventHref}
      />
    </Pane>
  );
}

function Versions({ versions }: { versions: UsedVersions }) {
  const title = versions.generation === 0 ? "Made with" : `Made with, replay ${versions.generation}`;
  return (
    <PanePart title={title}>
      <Facts
        items={[
          { term: "Model", value: versions.model },
          {
            term: "Profile",
            value: (
              <>
                version {versions.profileVersion} <ShortId id={versions.profileId} label="profile id" />
              </>
            ),
          },
          { term: "Knowledge", value: `version ${versions.knowledgeVersion}` },
          { term: "Confidence", value: versions.confidence.toFixed(2) },
          ...(versions.note ? [{ term: "Note", value: versions.note }] : []),
          ...versions.sources.map((source, index) => ({
            term: `Source ${index + 1}`,
            value: `${source.title} (${source.score.toFixed(2)})`,
          })),
        ]}
      />
    </PanePart>
  );
}

/** How the last attempt ended, or when the next one is. */
function endOf({ state, outcome, nextAttemptAt }: EventDetail): AttemptsEnd {
  if (state === "pending") return { state: "busy", words: "Next attempt", at: nextAttemptAt };
  if (state === "dead") return { state: "error", words: "Given up; a replay starts it again", at: undefined };
  return { state: "ok", words: outcome ? `Ended: ${outcome}` : "Ended", at: undefined };
}

type RelatedProps = {
  title: string;
  related: readonly RelatedEvent[];
  current: string;
  eventHref: (id: string) => string;
};

function Related({ title, related, current, eventHref }: RelatedProps) {
  if (related.length === 0) return null;
  return (
    <PanePart title={title}>
      <ol className="flex flex-col text-sm">
        {related.map((event) => (
          <li key={event.id}>
            <Link
              href={eventHref(event.id) as never}
              replace
              scroll={false}
              prefetch={false}
              aria-current={event.id === current || undefined}
              className="-mx-2 flex min-h-7 items-center gap-3 rounded-sm px-2 hover:bg-hover aria-[current=true]:bg-selected"
            >
              <ClockTime at={event.at} />
              <span className="min-w-0 truncate" title={event.summary}>
                <span className="text-muted">{typeWord(event.type)} · </span>
                {event.summary}
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </PanePart>
  );
}
