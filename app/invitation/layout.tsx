import { headers } from "next/headers";
import type { ReactNode } from "react";
import { ThemeProvider } from "#/components/shell/theme-provider.tsx";
import { NONCE_HEADER } from "#/lib/web/request-headers.ts";

export default async function InvitationLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined;
  return <ThemeProvider nonce={nonce}>{children}</ThemeProvider>;
}
