"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { holdBack } from "#/components/inspector/hold-back.ts";
import { StateBadge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { ListKeys } from "#/components/ui/list-keys.tsx";
import { ShortId } from "#/components/ui/short-id.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { Activity, ActivityRow, RefusedDelivery } from "#/lib/integrations/list-activity.ts";

type ActivityTablesProps = Activity & {
  eventsPath: string;
  sandboxPath: string;
};

const STATES = {
  pending: { state: "busy", word: "pending" },
  done: { state: "ok", word: "done" },
  dead: { state: "error", word: "dead" },
} as const;

const stateOf = (state: string) => STATES[state as keyof typeof STATES] ?? { state: "info", word: state };

/** What came in last over a connection; what nobody could read stands first. */
export function ActivityTables({ events, refused, parked, eventsPath, sandboxPath }: ActivityTablesProps) {
  if (events.length === 0 && refused.length === 0 && parked.length === 0) {
    return (
      <EmptyState title="Nothing has come in yet">
        Place a call through a flow with audio monitoring, or start a demo from the{" "}
        <Link href={sandboxPath} className="text-accent-text underline underline-offset-4">
          Sandbox page
        </Link>
        .
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-6">
      {refused.length > 0 ? <DeliveryTable title="Could not be read" deliveries={refused} /> : null}
      {events.length > 0 ? <EventsTable events={events} eventsPath={eventsPath} /> : null}
      {parked.length > 0 ? (
        <DeliveryTable title="Parked: of a kind that this version does not know" deliveries={parked} />
      ) : null}
    </div>
  );
}

/** Rows that come while the reader has scrolled wait above; what is being read does not move. */
function useStanding(events: readonly ActivityRow[]) {
  const rows = events.map((event) => ({ ...event, id: event.eventId }));
  const [standing, setStanding] = useState<string[]>([]);
  const ids = rows.map(({ id }) => id).join(" ");
  useEffect(() => {
    const takeIn = () => {
      if (window.scrollY <= SCROLLED_PX) setStanding(ids.split(" "));
    };
    takeIn();
    window.addEventListener("scroll", takeIn, { passive: true });
    return () => window.removeEventListener("scroll", takeIn);
  }, [ids]);
  // Before the first look nothing stands yet.
  const { shown, waiting } = standing.length === 0 ? { shown: rows, waiting: 0 } : holdBack(rows, standing);
  const showAll = () => {
    setStanding(ids.split(" "));
    window.scrollTo({ top: 0 });
  };
  return { shown, waiting, showAll };
}

const SCROLLED_PX = 80;

function DeliveryTable({ title, deliveries }: { title: string; deliveries: readonly RefusedDelivery[] }) {
  return (
    <section>
      <h2 className="mb-2 font-semibold">{title}</h2>
      <Table caption={title} density="compact">
        <TableHead>
          <TableHeader width="min">Received</TableHeader>
          <TableHeader width="min">Door</TableHeader>
          <TableHeader>Reason</TableHeader>
        </TableHead>
        <TableBody>
          {deliveries.map((delivery) => (
            <TableRow key={delivery.id}>
              <TableCell wrap="never" tone="muted">
                <RelativeTime at={delivery.at} />
              </TableCell>
              <TableCell wrap="never">{delivery.door}</TableCell>
              <TableCell>{delivery.reason}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}

function EventsTable({ events, eventsPath }: Pick<ActivityTablesProps, "events" | "eventsPath">) {
  const { shown, waiting, showAll } = useStanding(events);
  return (
    <section>
      <div className="mb-2 flex min-h-7 items-center gap-3">
        <h2 className="font-semibold">Last events</h2>
        {waiting > 0 ? (
          <span className="sticky top-2 z-20" role="status">
            <Button size="sm" variant="primary" onClick={showAll}>
              {waiting} new {waiting === 1 ? "event" : "events"}
            </Button>
          </span>
        ) : null}
      </div>
      <ListKeys>
        <Table caption="Last events" density="compact">
          <TableHead>
            <TableHeader width="min">Time</TableHeader>
            <TableHeader width="min">State</TableHeader>
            <TableHeader width="min">Type</TableHeader>
            <TableHeader>Outcome</TableHeader>
            <TableHeader width="min">Conversation</TableHeader>
          </TableHead>
          <TableBody>
            {shown.map((event) => (
              <TableRow key={event.eventId} opens>
                <TableCell wrap="never" tone="muted">
                  <RelativeTime at={event.at} />
                </TableCell>
                <TableCell wrap="never">
                  <StateBadge state={stateOf(event.state).state} look="plain">
                    {stateOf(event.state).word}
                  </StateBadge>
                </TableCell>
                <TableCell wrap="never" tone="mono">
                  <Link href={`${eventsPath}?event=${event.eventId}`} className="hover:underline">
                    {event.type}
                  </Link>
                </TableCell>
                <TableCell>{event.outcome ?? ""}</TableCell>
                <TableCell wrap="never">
                  <ShortId id={event.platformConversationId} label="conversation" />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ListKeys>
    </section>
  );
}
