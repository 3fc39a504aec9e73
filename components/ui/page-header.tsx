import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";

type PageHeaderProps = {
  title: ReactNode;
  /** One sentence: what this page is for. */
  hint?: ReactNode;
  /** Beside the title: a state, a count. */
  badge?: ReactNode;
  actions?: ReactNode;
  /** The pages above this one, outermost first. */
  trail?: readonly { label: string; href: string }[];
};

/** Title, one sentence, actions at the right: the first thing on every page. */
export function PageHeader({ title, hint, badge, actions, trail = [] }: PageHeaderProps) {
  return (
    <header className="mb-5">
      {trail.length > 0 ? (
        <nav aria-label="Breadcrumb" className="mb-1 flex items-center gap-1 text-sm text-muted">
          {trail.map((page) => (
            <Fragment key={page.href}>
              <Link href={page.href as never} className="rounded-sm hover:text-text">
                {page.label}
              </Link>
              <ChevronRight className="size-3.5" aria-hidden />
            </Fragment>
          ))}
        </nav>
      ) : null}
      {/* As high as a button, so that a title stands at the same place with and without actions. */}
      <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="flex min-w-0 flex-wrap items-center gap-2.5">
          <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
          {badge}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      {hint ? <p className="max-w-3xl text-base text-pretty text-muted">{hint}</p> : null}
    </header>
  );
}
