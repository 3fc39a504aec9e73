"use client";

import { ThemeProvider as Provider } from "next-themes";
import type { ReactNode } from "react";

type ThemeProviderProps = { children: ReactNode; nonce: string | undefined };

/** Light, dark or as the system, kept in this browser. Not for the widget, which may keep nothing. */
export function ThemeProvider({ children, nonce }: ThemeProviderProps) {
  return (
    <Provider
      attribute="class"
      defaultTheme="system"
      disableTransitionOnChange
      nonce={nonce}
      // A browser hides a script's nonce from scripts, so what it renders never equals what the server sent.
      scriptProps={{ suppressHydrationWarning: true }}
    >
      {children}
    </Provider>
  );
}
