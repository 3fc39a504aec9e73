import { ArrowLeft, X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { EventDetail } from "#/lib/inspector/read-event.ts";
import { StateBadge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Facts } from "../ui/card.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { ShortId } from "../ui/short-id.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { stateOf, typeWord } from "./event-words.ts";
import { Pane } from "./pane.tsx";
import { Payload } from "./payload.tsx";

type EventPaneProps = {
  event: EventDetail;
  /** The list without this event open. */
  closeHref: string;
  /** The list of this conversation's events only. */
  conversationHref: string;
  replay: ReactNode;
};

/** The canonical event: its fields first, payloads folded below. */
export function EventPane({ event, closeHref, conversationHref, replay }: EventPaneProps) {
  const { state, word } = stateOf(event);
  return (
    <Pane
      label="Event"
      title={
        <>
          <CloseLink href={closeHref} look="back" />
          <h2 className="text-base font-semibold">{typeWord(event.type)}</h2>
          <StateBadge state={state}>{word}</StateBadge>
        </>
      }
      actions={
        <>
          {replay}
          <CloseLink href={closeHref} look="cross" />
        </>
      }
    >
      {event.outcome && event.state !== "dead" && event.outcome.toLowerCase() !== word.toLowerCase() ? (
        <p className="text-base">{event.outcome}</p>
      ) : null}
      {event.state === "dead" ? (
        <p className="rounded-md border border-error-line/50 bg-error-fill px-3 py-2 text-sm break-words text-error">
          {event.outcome}
        </p>
      ) : null}
      <Facts items={factsOf(event, conversationHref)} />
      <Payload title="Canonical event" payload={event.canonical} open />
      {event.delivery ? (
        <Payload title="Raw payload" payload={event.delivery.payload} />
      ) : (
        <p className="text-sm text-muted">The raw delivery is no longer kept.</p>
      )}
    </Pane>
  );
}

export function CloseLink({ href, look }: { href: string; look: "back" | "cross" }) {
  return (
    <span className={look === "back" ? "lg:hidden" : "hidden lg:inline"}>
      <Button
        asChild
        variant="ghost"
        size="icon-sm"
        title={look === "back" ? "Back to the list" : "Close (Esc)"}
      >
        <Link
          href={href as never}
          replace
          scroll={false}
          aria-label={look === "back" ? "Back to the list" : "Close"}
        >
          {look === "back" ? <ArrowLeft aria-hidden /> : <X aria-hidden />}
        </Link>
      </Button>
    </span>
  );
}

function factsOf(event: EventDetail, conversationHref: string) {
  const { conversation, connection, delivery } = event;
  const optional = [
    { term: "Queue", value: conversation.queue },
    { term: "Agent", value: conversation.agent },
    { term: "Door", value: delivery?.door },
  ].filter(({ value }) => value);
  return [
    { term: "Event", value: <ShortId id={event.id} label="event id" /> },
    { term: "Happened", value: <RelativeTime at={event.occurredAt} /> },
    { term: "Stored", value: <RelativeTime at={event.storedAt} /> },
    {
      term: "Connection",
      value: (
        <span className="flex items-center gap-1.5">
          <PlatformMark platform={connection.platform} size={16} />
          {connection.name}
        </span>
      ),
    },
    {
      term: "Conversation",
      value: (
        <span className="flex flex-wrap items-center gap-x-2">
          <ShortId id={conversation.platformId} label="platform's conversation id" />
          <Link href={conversationHref as never} className="text-accent-text hover:underline">
            only this one
          </Link>
        </span>
      ),
    },
    ...optional,
    {
      term: "Attempts",
      value: `${event.attempts} failed${event.generation > 0 ? `, replayed ${event.generation === 1 ? "once" : `${event.generation} times`}` : ""}`,
    },
  ];
}
