import { Card, CardHeader } from "#/components/ui/card.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { SiteRun } from "#/lib/knowledge/crawl/read-sites.ts";

/** The latest runs of a site and what each changed. */
export function SiteRuns({ runs }: { runs: readonly SiteRun[] }) {
  return (
    <Card padding="none">
      <div className="px-4 pt-4">
        <CardHeader title="Runs" hint="What each changed, latest first." />
      </div>
      <Table caption="Runs of this site" density="compact" framed={false} maxHeight="20rem">
        <TableHead>
          <TableHeader>Begun</TableHeader>
          <TableHeader width="min">End</TableHeader>
          <TableHeader align="right">Added</TableHeader>
          <TableHeader align="right">Changed</TableHeader>
          <TableHeader align="right">Gone</TableHeader>
          <TableHeader align="right">Same</TableHeader>
          <TableHeader align="right">Failed</TableHeader>
        </TableHead>
        <TableBody>
          {runs.map((run) => (
            <TableRow key={run.number}>
              <TableCell wrap="never">
                <RelativeTime at={run.startedAt} />
                {run.reason === "schedule" ? <span className="text-muted"> by schedule</span> : null}
              </TableCell>
              <TableCell wrap="never" tone="muted">
                {run.outcome ?? "under way"}
              </TableCell>
              <TableCell align="right">{run.added}</TableCell>
              <TableCell align="right">{run.changed}</TableCell>
              <TableCell align="right">{run.gone}</TableCell>
              <TableCell align="right">{run.unchanged}</TableCell>
              <TableCell align="right">{run.failed}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
