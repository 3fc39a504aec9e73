"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "./button.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";

/**
 * Asks before a page with unsaved changes is left: by closing it (the browser's own question) or by
 * a link. Render `question`.
 */
export function useUnsavedGuard(dirty: boolean, onDiscard?: () => void): { question: ReactNode } {
  const router = useRouter();
  const [target, setTarget] = useState<string>();

  useEffect(() => {
    if (!dirty) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const path = leavingTo(event);
      if (!path) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(path);
    };
    window.addEventListener("beforeunload", onUnload);
    // In the capture phase, since a link of the router's handles the click itself.
    document.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [dirty]);

  const question = (
    <ConfirmDialog
      open={target !== undefined}
      onOpenChange={(open) => !open && setTarget(undefined)}
      title="Leave without saving?"
      footer={
        <>
          <Button onClick={() => setTarget(undefined)}>Stay</Button>
          <Button
            variant="danger"
            onClick={() => {
              setTarget(undefined);
              onDiscard?.();
              if (target) router.push(target as never);
            }}
          >
            Discard changes
          </Button>
        </>
      }
    >
      What you changed on this page has not been saved and will be lost.
    </ConfirmDialog>
  );
  return { question };
}

/** The path that a plain click on a link of this site would lead to; new tabs and downloads lose nothing. */
function leavingTo(event: MouseEvent): string | undefined {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
    return undefined;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.href || link.target === "_blank" || link.hasAttribute("download")) return undefined;
  const url = new URL(link.href);
  const stays = url.pathname === location.pathname && url.search === location.search;
  return url.origin === location.origin && !stays ? `${url.pathname}${url.search}${url.hash}` : undefined;
}
