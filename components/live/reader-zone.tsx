"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const YEAR_SECONDS = 31_536_000;

/** Tells the server once in which zone this reader's days begin; `known` is what it cut them by. */
export function ReaderZone({ known }: { known: string }) {
  const router = useRouter();
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || zone === known) return;
    if (document.cookie.includes(`zone=${encodeURIComponent(zone)}`)) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we support.
    document.cookie = `zone=${encodeURIComponent(zone)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    router.refresh();
  }, [known, router]);
  return null;
}
