import type { ReactNode } from "react";
import { ProductMark } from "./product-mark.tsx";

type MessagePageProps = { title: string; children: ReactNode; actions?: ReactNode };

/** A whole page that says one thing and what to do about it. */
export function MessagePage({ title, children, actions }: MessagePageProps) {
  return (
    <main className="flex min-h-[70dvh] flex-col items-center justify-center px-6 py-16 text-center">
      <ProductMark size={32} />
      <h1 className="mt-5 text-xl font-semibold text-balance">{title}</h1>
      <div className="mt-1.5 max-w-md text-base text-pretty text-muted">{children}</div>
      {actions ? <div className="mt-6 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </main>
  );
}
