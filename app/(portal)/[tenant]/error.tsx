"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { Button } from "#/components/ui/button.tsx";
import { ErrorState } from "#/components/ui/empty-state.tsx";
import { ShortId } from "#/components/ui/short-id.tsx";

type TenantErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** One page failed; the navigation around it stays. */
export default function TenantError({ error, reset }: TenantErrorProps) {
  const router = useRouter();
  const again = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <ErrorState title="This page could not be shown" action={<Button onClick={again}>Try again</Button>}>
      <p>
        Something it needs did not answer: as a rule the database, for a moment. Nothing was lost. If it fails
        again, Service Health or the log of the web process says why.
      </p>
      {error.digest ? (
        <p className="mt-1">
          The log has it under <ShortId id={error.digest} label="error number" />
        </p>
      ) : null}
    </ErrorState>
  );
}
