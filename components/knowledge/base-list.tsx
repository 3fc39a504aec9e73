import Link from "next/link";
import { StateBadge } from "#/components/ui/badge.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { ListKeys } from "#/components/ui/list-keys.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import type { BaseRow } from "#/lib/knowledge/list-bases.ts";

/** Every base with how far its documents are, and where it answers. */
export function BaseList({ bases, path }: { bases: readonly BaseRow[]; path: string }) {
  if (bases.length === 0) {
    return (
      <EmptyState title="No knowledge base yet">
        Make one, then add PDF, Word, Markdown, text or HTML files, web pages or whole sites. Suggestions come
        from nothing else.
      </EmptyState>
    );
  }
  return (
    <ListKeys>
      <Table caption="Knowledge bases">
        <TableHead>
          <TableHeader>Name</TableHeader>
          <TableHeader width="min">State</TableHeader>
          <TableHeader align="right">Documents</TableHeader>
          <TableHeader align="right">Passages</TableHeader>
          <TableHeader>Answers for</TableHeader>
        </TableHead>
        <TableBody>
          {bases.map((base) => (
            <TableRow key={base.id} opens>
              <TableCell wrap="never">
                <Link href={`${path}/${base.id}`} className="font-medium hover:underline">
                  {base.name}
                </Link>
              </TableCell>
              <TableCell wrap="never">
                <BaseState base={base} />
              </TableCell>
              <TableCell align="right">{base.documents.toLocaleString("en")}</TableCell>
              <TableCell align="right">{base.passages.toLocaleString("en")}</TableCell>
              <TableCell tone="muted">{base.usedBy.join(", ") || "nothing yet"}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ListKeys>
  );
}

function BaseState({ base: { documents, ready, failed } }: { base: BaseRow }) {
  if (failed > 0) return <StateBadge state="error">{failed} failed</StateBadge>;
  if (documents === 0) return <StateBadge state="off">empty</StateBadge>;
  if (ready < documents) return <StateBadge state="busy">{documents - ready} in work</StateBadge>;
  return <StateBadge state="ok">ready</StateBadge>;
}
