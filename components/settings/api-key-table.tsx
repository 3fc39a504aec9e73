"use client";

import { StateBadge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import { ConfirmByName } from "#/components/ui/confirm-by-name.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { ApiKeyRow } from "#/lib/api-keys/list-api-keys.ts";
import type { ActionResult } from "./action-result.ts";
import { plainOutcome } from "./outcome.ts";

type ApiKeyTableProps = {
  keys: readonly (ApiKeyRow & { expired: boolean })[];
  revoke: (key: { keyId: string }) => Promise<ActionResult>;
};

export function ApiKeyTable({ keys, revoke }: ApiKeyTableProps) {
  return (
    <Table caption="API keys">
      <TableHead>
        <TableHeader>Name</TableHeader>
        <TableHeader width="min">Key</TableHeader>
        <TableHeader>May</TableHeader>
        <TableHeader width="min">State</TableHeader>
        <TableHeader width="min">Last used</TableHeader>
        <TableHeader width="min">Expires</TableHeader>
        <TableHeader width="min">Made by</TableHeader>
        <TableHeader width="min">
          <span className="sr-only">Revoke</span>
        </TableHeader>
      </TableHead>
      <TableBody>
        {keys.map((key) => (
          <TableRow key={key.id}>
            <TableCell wrap="never">{key.name}</TableCell>
            <TableCell width="min" tone="mono" wrap="never">
              {key.prefix}…
            </TableCell>
            <TableCell tone="mono" wrap="never">
              {key.scopes.join(", ")}
            </TableCell>
            <TableCell width="min" wrap="never">
              <KeyState revoked={key.revokedAt !== null} expired={key.expired} />
            </TableCell>
            <TableCell width="min" tone="muted" wrap="never">
              {key.lastUsedAt ? <RelativeTime at={key.lastUsedAt} /> : "never"}
            </TableCell>
            <TableCell width="min" tone="muted" wrap="never">
              {key.expiresAt ? <RelativeTime at={key.expiresAt} /> : "never"}
            </TableCell>
            <TableCell width="min" tone="muted" wrap="never">
              {key.createdBy}
            </TableCell>
            <TableCell width="min" align="right">
              {key.revokedAt === null ? (
                <ConfirmByName
                  trigger={
                    <Button size="sm" variant="danger-quiet" aria-label={`Revoke ${key.name}`}>
                      Revoke
                    </Button>
                  }
                  title={`Revoke ${key.name}?`}
                  name={key.name}
                  confirmLabel="Revoke for good"
                  action={() => plainOutcome(revoke({ keyId: key.id }))}
                >
                  Programs that use it are refused from now on. This cannot be undone.
                </ConfirmByName>
              ) : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function KeyState({ revoked, expired }: { revoked: boolean; expired: boolean }) {
  if (revoked) return <StateBadge state="off">revoked</StateBadge>;
  if (expired) return <StateBadge state="off">expired</StateBadge>;
  return <StateBadge state="ok">counts</StateBadge>;
}
