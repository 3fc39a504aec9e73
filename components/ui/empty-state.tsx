import { CircleAlert, Inbox } from "lucide-react";
import type { ReactNode } from "react";

type EmptyStateProps = {
  title: string;
  /** What would fill this place, and how. */
  children: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
};

/** Nothing here yet: says what would fill it and offers the way there. */
export function EmptyState({ title, children, action, icon }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center rounded-md border border-dashed border-line-strong px-6 py-12 text-center">
      <span className="mb-3 text-muted [&_svg]:size-6" aria-hidden>
        {icon ?? <Inbox />}
      </span>
      <p className="font-medium">{title}</p>
      <div className="mt-1 max-w-md text-sm text-muted">{children}</div>
      {action ? <div className="mt-4 flex gap-2">{action}</div> : null}
    </div>
  );
}

type ErrorStateProps = {
  title: string;
  /** The cause, and what the reader can do about it. */
  children: ReactNode;
  /** A way to try again. */
  action?: ReactNode;
};

/** This could not be shown: the cause in words and a way to try again. */
export function ErrorState({ title, children, action }: ErrorStateProps) {
  return (
    <div
      role="alert"
      className="flex items-start gap-3 rounded-md border border-error-line/50 bg-error-fill p-4"
    >
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-error" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-error">{title}</p>
        <div className="mt-0.5 text-sm break-words">{children}</div>
      </div>
      {action ? <div className="shrink-0">{action}</div> : null}
    </div>
  );
}
