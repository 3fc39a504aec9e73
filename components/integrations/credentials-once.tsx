import { TriangleAlert } from "lucide-react";
import { CopyText } from "#/components/ui/copy-button.tsx";
import type { ShownCredentials } from "#/lib/integrations/new-credentials.ts";

/** New keys and secrets, shown while this stays open and never again. */
export function CredentialsOnce({ shown }: { shown: ShownCredentials }) {
  return (
    <div className="flex flex-col gap-3">
      <p className="flex items-start gap-2 rounded-md bg-warn-fill px-3 py-2 text-sm text-warn">
        <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
        These are shown once. Once this is closed they can only be replaced.
      </p>
      {shown.map(({ name, label, value }) => (
        <div key={name} className="flex flex-col gap-1.5">
          <span className="text-sm font-medium">{label}</span>
          <CopyText text={value} label={`Copy the ${label}`} />
        </div>
      ))}
    </div>
  );
}
