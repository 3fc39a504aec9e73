import type { ReactNode } from "react";

type SectionProps = { title: string; hint?: ReactNode; actions?: ReactNode; children: ReactNode };

/** One part of a settings page: a heading, one sentence, actions at the right, then the thing itself. */
export function Section({ title, hint, actions, children }: SectionProps) {
  return (
    <section className="mb-8">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h2 className="text-lg font-semibold tracking-tight">{title}</h2>
          {hint ? <p className="max-w-3xl text-base text-pretty text-muted">{hint}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      {children}
    </section>
  );
}
