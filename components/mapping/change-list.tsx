import type { ProfileChange } from "#/lib/routing/profile-changes.ts";
import { TextDiff } from "./text-diff.tsx";

/** Field by field what was and what is. A long text is shown as what went and what came. */
export function ChangeList({ changes }: { changes: readonly ProfileChange[] }) {
  return (
    <dl className="flex flex-col gap-1.5 text-sm">
      {changes.map(({ field, from, to }) => (
        <div key={field} className="grid gap-x-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
          <dt className="text-muted">{field}</dt>
          <dd className="min-w-0 break-words">
            {field === "System prompt" ? (
              <TextDiff from={from} to={to} />
            ) : (
              <>
                <del className="text-muted">{from || "–"}</del> <span aria-hidden>→</span>{" "}
                <ins className="font-medium no-underline">{to || "–"}</ins>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
