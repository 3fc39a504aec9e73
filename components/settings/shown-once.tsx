import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { CopyText } from "#/components/ui/copy-button.tsx";

type ShownOnceProps = { text: string; label: string; children: ReactNode };

/** A secret that was just made: this is the only time that it is shown. */
export function ShownOnce({ text, label, children }: ShownOnceProps) {
  return (
    <div className="flex flex-col gap-3">
      <p className="flex items-start gap-2 rounded-md bg-warn-fill px-3 py-2 text-sm text-warn">
        <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
        <span>{children}</span>
      </p>
      <CopyText text={text} label={label} />
    </div>
  );
}
