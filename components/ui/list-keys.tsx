"use client";

import { type ReactNode, useEffect, useRef } from "react";

type ListKeysProps = {
  children: ReactNode;
  /** Esc: close what a row opened. */
  onEscape?: () => void;
};

/**
 * Keys for the list inside: j and k move between rows, Enter opens one (its first link or button), / goes to
 * the search box, Esc leaves. Rows are `TableRow opens`, or anything with `data-list-row`.
 */
export function ListKeys({ children, onEscape }: ListKeysProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      if (event.key === "Escape") return leave(onEscape);
      if (isTyping(event.target) || !box.current) return;
      if (handleKey(event.key, box.current)) event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onEscape]);
  return <div ref={box}>{children}</div>;
}

/** A chord, a key that another control used, or one that belongs to a dialog above the list. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  return document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
}

function leave(onEscape: (() => void) | undefined): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  onEscape?.();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** True when the key meant something here. */
function handleKey(key: string, box: HTMLElement): boolean {
  if (key === "j") return move(box, 1);
  if (key === "k") return move(box, -1);
  if (key === "Enter") return open();
  if (key !== "/") return false;
  const search = document.querySelector<HTMLElement>("[data-list-search]");
  search?.focus();
  return search !== null;
}

function move(box: HTMLElement, by: 1 | -1): boolean {
  const rows = [...box.querySelectorAll<HTMLElement>("[data-list-row]")];
  const focused = rows.findIndex((row) => row.contains(document.activeElement));
  const selected = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const from = focused >= 0 ? focused : selected;
  const next = rows[Math.min(rows.length - 1, Math.max(0, from + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return next !== undefined;
}

function open(): boolean {
  const row = document.activeElement;
  // Enter on a link or button inside a row is that control's own.
  if (!(row instanceof HTMLElement) || row.dataset.listRow === undefined) return false;
  const control = row.querySelector<HTMLElement>("[data-row-action], a[href]");
  (control ?? row).click();
  return true;
}
