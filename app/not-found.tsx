import { headers } from "next/headers";
import Link from "next/link";
import { MessagePage } from "#/components/shell/message-page.tsx";
import { ThemeProvider } from "#/components/shell/theme-provider.tsx";
import { Button } from "#/components/ui/button.tsx";
import { NONCE_HEADER } from "#/lib/web/request-headers.ts";

export const metadata = { title: "Not found" };

export default async function NotFound() {
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined;
  return (
    <ThemeProvider nonce={nonce}>
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
    </ThemeProvider>
  );
}
