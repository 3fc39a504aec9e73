import { PlatformMark } from "#/components/ui/platform-mark.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import { COMPARISON } from "#/lib/connectors/comparison.ts";
import type { Manifest } from "#/lib/connectors/manifest.ts";

/** Platforms side by side; every cell comes from a manifest. */
export function ComparisonTable({ manifests }: { manifests: readonly Manifest[] }) {
  return (
    <Table caption="Platform comparison">
      <TableHead>
        <TableHeader>Feature</TableHeader>
        {manifests.map(({ id, label }) => (
          <TableHeader key={id}>
            <span className="inline-flex items-center gap-1.5">
              <PlatformMark platform={id} size={16} />
              {label}
            </span>
          </TableHeader>
        ))}
      </TableHead>
      <TableBody>
        {COMPARISON.map(({ feature, of }) => (
          <TableRow key={feature}>
            <TableCell tone="muted" wrap="never">
              {feature}
            </TableCell>
            {manifests.map((manifest) => (
              <TableCell key={manifest.id} wrap="never">
                <ComparisonCell text={of(manifest)} />
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function ComparisonCell({ text }: { text: string }) {
  if (text !== "--") return text;
  return (
    <span className="text-muted">
      <span aria-hidden>–</span>
      <span className="sr-only">no</span>
    </span>
  );
}
