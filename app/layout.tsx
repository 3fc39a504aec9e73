import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "OmniBots Agent Assist", template: "%s · OmniBots Agent Assist" },
  description: "The right answer, with its source, while the customer is still talking.",
  icons: { icon: "/icon.svg" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f8f9fb" },
    { media: "(prefers-color-scheme: dark)", color: "#101216" },
  ],
};

/** Themes are set by the portal and the widget, each in its own way: the widget may keep nothing in a browser. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  // Scripts run by a nonce that differs at each request, so no page can be rendered ahead of one.
  await connection();
  return (
    <html lang="en" suppressHydrationWarning>
      <body>{children}</body>
    </html>
  );
}
