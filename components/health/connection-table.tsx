import Link from "next/link";
import type { ConnectionHealth } from "#/lib/health/read-connections.ts";
import type { HeldSubscription } from "#/lib/health/subscription-states.ts";
import type { Quota } from "#/lib/integrations/quota.ts";
import { StateBadge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { durationWords } from "../ui/time-words.ts";
import { QuotaLeft } from "./quota-left.tsx";
import { StreamState } from "./stream-state.tsx";

type ConnectionTableProps = {
  connections: readonly ConnectionHealth[];
  /** By connection id; only of connections whose stream we hold. */
  subscriptions: ReadonlyMap<string, HeldSubscription>;
  /** By connection id. */
  quotas: ReadonlyMap<string, Quota>;
  slug: string;
};

/** A line for each connection: whether anything comes in, and whether it can be worked on. */
export function ConnectionTable({ connections, subscriptions, quotas, slug }: ConnectionTableProps) {
  return (
    <section>
      <h2 className="mb-3 text-base font-semibold">Connections</h2>
      {connections.length === 0 ? (
        <EmptyState
          title="No connection yet"
          action={
            <Button asChild>
              <Link href={`/${slug}/integrations` as never}>Open Integrations</Link>
            </Button>
          }
        >
          Connect a platform, and its events show here.
        </EmptyState>
      ) : (
        <Table caption="Connections">
          <TableHead>
            <TableHeader>Connection</TableHeader>
            <TableHeader>State</TableHeader>
            <TableHeader>Stream</TableHeader>
            <TableHeader>Last event</TableHeader>
            <TableHeader align="right">Live now</TableHeader>
            <TableHeader align="right">Events a minute</TableHeader>
            <TableHeader align="right">Failed in 1 h</TableHeader>
            <TableHeader align="right">Parked in 1 h</TableHeader>
            <TableHeader align="right">Lag (p95)</TableHeader>
            <TableHeader align="right">Waiting</TableHeader>
            <TableHeader>Oldest waiting</TableHeader>
            <TableHeader align="right">Quota left</TableHeader>
          </TableHead>
          <TableBody>
            {connections.map((connection) => (
              <ConnectionRow
                key={connection.id}
                connection={connection}
                subscription={subscriptions.get(connection.id)}
                quota={quotas.get(connection.id)}
                slug={slug}
              />
            ))}
          </TableBody>
        </Table>
      )}
    </section>
  );
}

type ConnectionRowProps = {
  connection: ConnectionHealth;
  subscription: HeldSubscription | undefined;
  quota: Quota | undefined;
  slug: string;
};

function ConnectionRow({ connection, subscription, quota, slug }: ConnectionRowProps) {
  const { events, failed } = connection;
  return (
    <TableRow>
      <TableCell>
        <Link
          href={`/${slug}/integrations/${connection.id}` as never}
          className="flex min-w-40 items-center gap-2 hover:underline"
        >
          <PlatformMark platform={connection.platform} />
          <span className="min-w-0 break-words">{connection.name}</span>
        </Link>
      </TableCell>
      <TableCell wrap="never">
        <ConnectionState connection={connection} />
      </TableCell>
      <TableCell>
        <StreamState held={connection.active ? subscription : undefined} />
      </TableCell>
      <TableCell wrap="never">
        {connection.lastEventAt ? (
          <RelativeTime at={connection.lastEventAt} />
        ) : (
          <span className="text-muted">never</span>
        )}
      </TableCell>
      <TableCell align="right">{connection.liveConversations}</TableCell>
      <TableCell align="right">{connection.eventsPerMinute.toFixed(1)}</TableCell>
      <TableCell align="right">
        {failed === 0 ? (
          <span className="text-muted">0</span>
        ) : (
          <Link
            href={`/${slug}/events?errors=only&range=1h&connection=${connection.id}` as never}
            className="text-error hover:underline"
          >
            {failed}
            {events > 0 ? ` (${((failed / events) * 100).toFixed(1)} %)` : ""}
          </Link>
        )}
      </TableCell>
      <TableCell align="right">
        <Parked connection={connection} slug={slug} />
      </TableCell>
      <TableCell align="right" wrap="never">
        {connection.lagMs === undefined ? (
          <span className="text-muted">–</span>
        ) : (
          durationWords(connection.lagMs)
        )}
      </TableCell>
      <TableCell align="right">{connection.waiting}</TableCell>
      <TableCell wrap="never">
        {connection.oldestWaitingAt ? (
          <RelativeTime at={connection.oldestWaitingAt} />
        ) : (
          <span className="text-muted">–</span>
        )}
      </TableCell>
      <TableCell align="right" wrap="never">
        <QuotaLeft quota={quota} />
      </TableCell>
    </TableRow>
  );
}

/** Of a kind that this version does not know: worth a look before an upgrade, and no alarm. */
function Parked({ connection, slug }: { connection: ConnectionHealth; slug: string }) {
  if (connection.parked === 0) return <span className="text-muted">0</span>;
  return (
    <Link
      href={`/${slug}/events?state=parked&range=1h&connection=${connection.id}` as never}
      className="text-muted hover:underline"
    >
      {connection.parked}
    </Link>
  );
}

function ConnectionState({ connection }: { connection: ConnectionHealth }) {
  if (!connection.active)
    return (
      <StateBadge state="off" look="plain">
        Paused
      </StateBadge>
    );
  if (!connection.lastEventAt)
    return (
      <StateBadge state="waiting" look="plain">
        No event yet
      </StateBadge>
    );
  return (
    <StateBadge state={connection.failed > 0 ? "warn" : "ok"} look="plain">
      {connection.failed > 0 ? "With failures" : "Fine"}
    </StateBadge>
  );
}
