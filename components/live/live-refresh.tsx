"use client";

import { Pause, Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { StateBadge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";

/** A small static file of ours: whether the server answers, before the page is asked for. */
const PROBE = "/icon.svg";
const LOST_AFTER_FAILURES = 2;

type LiveRefreshProps = {
  everyMs?: number;
  /** Off without a word, for a page that must stand still (an older page of a list). */
  standing?: boolean;
};

/**
 * Reads the page's data again every two seconds while someone looks at it, and says when it cannot.
 * The server is asked for a small file first: a refresh that fails would leave the page for an error of the browser's.
 */
export function LiveRefresh({ everyMs = 2_000, standing = false }: LiveRefreshProps) {
  const router = useRouter();
  const [paused, setPaused] = useState(false);
  const [lost, setLost] = useState(false);
  const [busy, startTransition] = useTransition();
  const isBusy = useRef(busy);
  isBusy.current = busy;

  useEffect(() => {
    if (paused || standing) return;
    let failures = 0;
    const tick = async () => {
      if (document.hidden || isBusy.current) return;
      const answers = await fetch(PROBE, { method: "HEAD", cache: "no-store" }).then(
        (response) => response.ok,
        () => false,
      );
      failures = answers ? 0 : failures + 1;
      setLost(failures >= LOST_AFTER_FAILURES);
      if (answers) startTransition(() => router.refresh());
    };
    const timer = setInterval(() => void tick(), everyMs);
    return () => clearInterval(timer);
  }, [paused, standing, everyMs, router]);

  if (standing) return null;
  return (
    <span className="flex items-center gap-1">
      <span role="status">
        {lost ? (
          <StateBadge state="error" title="The server does not answer; what is shown is the last that came.">
            Connection lost, trying again
          </StateBadge>
        ) : (
          <StateBadge state={paused ? "off" : "ok"} look="plain">
            {paused ? "Paused" : "Live"}
          </StateBadge>
        )}
      </span>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-pressed={paused}
        aria-label={paused ? "Go on updating" : "Pause updates"}
        title={paused ? "Go on updating" : "Pause updates"}
        onClick={() => setPaused(!paused)}
      >
        {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
      </Button>
    </span>
  );
}
