import Link from "next/link";
import { MessagePage } from "#/components/shell/message-page.tsx";
import { Button } from "#/components/ui/button.tsx";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      title="There is nothing at this address"
      actions={
        <Button asChild variant="primary">
          <Link href="/sign-in">Go to the start page</Link>
        </Button>
      }
    >
      It may have been moved or deleted, or your role may not open it. Check the address, or ask an admin of
      your tenant.
    </MessagePage>
  );
}
