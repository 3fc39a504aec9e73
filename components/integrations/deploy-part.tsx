import { Card } from "#/components/ui/card.tsx";
import { CopyButton, CopyText } from "#/components/ui/copy-button.tsx";
import type { DeployPart } from "#/lib/connectors/manifest.ts";

/** One thing to do on the platform's side, with each value that is pasted there. */
export function DeployPartCard({ part, number }: { part: DeployPart; number: number }) {
  const { id, title, where, text, values } = part;
  return (
    <section aria-labelledby={`deploy-${id}`}>
      <Card>
        <div className="flex gap-3">
          <span
            aria-hidden
            className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-fill text-sm font-medium text-accent-text tabular-nums"
          >
            {number}
          </span>
          <div className="flex min-w-0 flex-1 flex-col gap-2">
            <h2 id={`deploy-${id}`} className="font-semibold">
              {title}
            </h2>
            {where ? <p className="text-sm text-muted">{where}</p> : null}
            <p className="max-w-prose">{text}</p>
            <dl className="mt-1 flex flex-col gap-3">
              {values.map(({ label, value, help }) => (
                <div
                  key={label}
                  className="grid items-start gap-x-3 gap-y-1 sm:grid-cols-[11rem_minmax(0,1fr)]"
                >
                  <dt className="text-sm text-muted sm:pt-1.5">{label}</dt>
                  <dd className="min-w-0">
                    <Value label={label} value={value} />
                    {help ? <p className="mt-1 text-sm text-muted">{help}</p> : null}
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        </div>
      </Card>
    </section>
  );
}

const ONE_LINE = 48;

/** What is longer than a line is shown whole, since an admin compares it with what stands on the platform's side. */
function Value({ label, value }: { label: string; value: string }) {
  const name = `Copy: ${label}`;
  if (value.length <= ONE_LINE) return <CopyText text={value} label={name} />;
  return (
    <span className="flex items-start gap-1 rounded-md border bg-background py-1 pl-2.5">
      <code className="min-w-0 flex-1 py-0.5 font-mono text-sm break-all">{value}</code>
      <CopyButton text={value} label={name} />
    </span>
  );
}
