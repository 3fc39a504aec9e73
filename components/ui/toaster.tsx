"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

const COLORS = {
  "--normal-bg": "var(--raised)",
  "--normal-text": "var(--foreground)",
  "--normal-border": "var(--line)",
  "--border-radius": "6px",
  "--width": "340px",
} as Record<string, string>;

/** Where short news appears, at the lower right. Call `toast` of `sonner` to say something. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      style={COLORS}
      icons={{
        success: <CircleCheck className="size-4 text-ok" aria-hidden />,
        error: <CircleAlert className="size-4 text-error" aria-hidden />,
        warning: <TriangleAlert className="size-4 text-warn" aria-hidden />,
        info: <Info className="size-4 text-info" aria-hidden />,
      }}
    />
  );
}
