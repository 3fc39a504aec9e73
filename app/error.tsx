"use client";

import Link from "next/link";
import { MessagePage } from "#/components/shell/message-page.tsx";
import { Button } from "#/components/ui/button.tsx";
import { ShortId } from "#/components/ui/short-id.tsx";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <MessagePage
      title="This page could not be shown"
      actions={
        <>
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
          <Button asChild>
            <Link href="/sign-in">Go to the start page</Link>
          </Button>
        </>
      }
    >
      <p>
        Something failed on our side; nothing you entered elsewhere is lost. If it fails again, report it.
      </p>
      {error.digest ? (
        <p className="mt-2 text-sm">
          Say this number: <ShortId id={error.digest} label="error number" />
        </p>
      ) : null}
    </MessagePage>
  );
}
