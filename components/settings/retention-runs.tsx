"use client";

import { useTransition } from "react";
import { toast } from "sonner";
import { StateBadge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { PrivacySettings } from "#/lib/privacy/privacy-settings.ts";
import { RETENTION_KINDS, RETENTION_RULES } from "#/lib/privacy/retention-rules.ts";
import type { ActionResult } from "./action-result.ts";
import { refusalWords } from "./outcome.ts";

type Report = NonNullable<PrivacySettings["lastRun"][keyof PrivacySettings["lastRun"]]>;

type RetentionRunsProps = Pick<PrivacySettings, "lastRun" | "running">;

/** What the last round did, kind by kind; while one runs, how far it is. */
export function RetentionRuns({ lastRun, running }: RetentionRunsProps) {
  return (
    <Table caption="Last round">
      <TableHead>
        <TableHeader>Kind</TableHeader>
        <TableHeader width="min">State</TableHeader>
        <TableHeader width="min" align="right">
          Deleted
        </TableHeader>
        <TableHeader width="min">Started</TableHeader>
      </TableHead>
      <TableBody>
        {RETENTION_KINDS.map((kind) => {
          const report = lastRun[kind];
          return (
            <TableRow key={kind}>
              <TableCell>{RETENTION_RULES[kind].label}</TableCell>
              <TableCell width="min" wrap="never">
                <RunState report={report} running={running} />
              </TableCell>
              <TableCell width="min" align="right">
                {report ? report.deleted.toLocaleString("en") : "–"}
              </TableCell>
              <TableCell width="min" tone="muted" wrap="never">
                {report ? <RelativeTime at={new Date(report.startedAt)} /> : "–"}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

function RunState({ report, running }: { report: Report | undefined; running: boolean }) {
  if (!report) return <StateBadge state="waiting">no round yet</StateBadge>;
  if (report.finishedAt) return <StateBadge state="ok">done</StateBadge>;
  if (running) return <StateBadge state="busy">deleting</StateBadge>;
  return <StateBadge state="waiting">goes on soon</StateBadge>;
}

export function RunRetention({ run }: { run: () => Promise<ActionResult> }) {
  const [busy, startTransition] = useTransition();
  const start = () =>
    startTransition(async () => {
      const result = await run();
      if (result.ok) toast.success("A round begins within seconds.");
      else toast.error(refusalWords(result));
    });
  return (
    <Button busy={busy} onClick={start}>
      Run now
    </Button>
  );
}
