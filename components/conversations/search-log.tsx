import type { SearchLog as Log } from "#/lib/events/search-log.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";

/** What was found for a line and how well, those that were too weak among them. */
export function SearchLog({ log }: { log: Log }) {
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer rounded-sm text-muted hover:text-text">
        Search log: {log.hits.length} {log.hits.length === 1 ? "passage" : "passages"}, best{" "}
        {log.best.toFixed(2)}, {log.threshold.toFixed(2)} needed
      </summary>
      <div className="mt-1.5">
        {log.hits.length === 0 ? (
          <p className="text-muted">No passage shares a word or a meaning with it.</p>
        ) : (
          <Table caption="Passages that were found" density="compact">
            <TableHead>
              <TableHeader>Passage</TableHeader>
              <TableHeader align="right">Confidence</TableHeader>
              <TableHeader align="right">Words</TableHeader>
              <TableHeader align="right">Meaning</TableHeader>
            </TableHead>
            <TableBody>
              {log.hits.map((hit) => (
                <TableRow key={hit.chunkId}>
                  <TableCell>{placeOf(hit)}</TableCell>
                  <TableCell align="right">
                    <span className={hit.score < log.threshold ? "text-muted" : "font-medium"}>
                      {hit.score.toFixed(2)}
                    </span>
                  </TableCell>
                  <TableCell align="right">{hit.lexical.toFixed(2)}</TableCell>
                  <TableCell align="right">{hit.dense.toFixed(2)}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </div>
    </details>
  );
}

const placeOf = ({ title, headingPath }: Log["hits"][number]) =>
  [title, ...headingPath.filter((heading) => heading !== title)].join(" › ");
