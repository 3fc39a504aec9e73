import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Badge } from "#/components/ui/badge.tsx";
import { Card } from "#/components/ui/card.tsx";
import { PlatformMark } from "#/components/ui/platform-mark.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { Manifest } from "#/lib/connectors/manifest.ts";
import type { ConnectionCard } from "#/lib/integrations/list-connections.ts";
import { ConnectButton, type CreateConnection } from "./connect-button.tsx";
import { ConnectionState } from "./connection-state.tsx";
import { errorRate } from "./error-rate.ts";
import { NeedsButton } from "./needs-button.tsx";

type PlatformCardProps = {
  manifest: Manifest;
  connections: readonly ConnectionCard[];
  /** Address of the integrations page. */
  base: string;
  /** Undefined for readers who may not connect anything. */
  create: CreateConnection | undefined;
  /** The sandbox runs here, so it can be chosen. */
  sandbox: boolean;
};

/** One platform: its connections with how they do, or what it takes to connect it. */
export function PlatformCard({ manifest, connections, base, create, sandbox }: PlatformCardProps) {
  const ready = manifest.availability === "ready";
  return (
    <Card>
      <div className="flex h-full flex-col gap-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <PlatformMark platform={manifest.id} size={32} />
          <h2 className="min-w-0 flex-1 font-semibold">{manifest.label}</h2>
          <p className="w-full text-sm text-pretty text-muted">{manifest.summary}</p>
          {ready ? null : <Badge>Later version</Badge>}
        </div>
        {connections.length > 0 ? (
          <ul className="-mx-4 flex flex-col border-t">
            {connections.map((connection) => (
              <ConnectionLine key={connection.id} connection={connection} href={`${base}/${connection.id}`} />
            ))}
          </ul>
        ) : null}
        <div className="mt-auto flex items-center gap-2">
          {ready && create ? (
            <ConnectButton
              manifest={manifest}
              base={base}
              create={create}
              sandbox={sandbox}
              first={connections.length === 0}
            />
          ) : null}
          {ready && connections.length > 0 ? null : <NeedsButton manifest={manifest} />}
        </div>
      </div>
    </Card>
  );
}

function ConnectionLine({ connection, href }: { connection: ConnectionCard; href: string }) {
  const { name, lastEventAt, deliveries, dead } = connection;
  return (
    <li className="border-b">
      <Link href={href} className="flex items-center gap-3 px-4 py-2 hover:bg-hover">
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            <span className="font-medium">{name}</span>
            <ConnectionState connection={connection} />
          </span>
          <span className="block text-sm text-muted">
            {lastEventAt ? (
              <>
                last event <RelativeTime at={lastEventAt} />
              </>
            ) : (
              "waiting for the first event"
            )}
            {" · "}
            <span className="tabular-nums">{errorRate(dead, deliveries)}</span> errors in 24 h
          </span>
        </span>
        <ChevronRight className="size-4 shrink-0 text-muted" aria-hidden />
      </Link>
    </li>
  );
}
