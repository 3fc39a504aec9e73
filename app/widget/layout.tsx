import type { Metadata } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { THEME_SCRIPT } from "#/components/widget/theme-script.ts";
import { NONCE_HEADER } from "#/lib/web/request-headers.ts";

// The address may carry an embed token until the page has taken it out.
export const metadata: Metadata = { title: "Assist", referrer: "no-referrer" };

export default async function WidgetLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined;
  return (
    <>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, before the first paint. */}
      <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      {children}
    </>
  );
}
