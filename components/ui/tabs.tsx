"use client";

import { Tabs as Primitive } from "radix-ui";
import type { ReactNode } from "react";

export type Tab = { value: string; label: ReactNode; content: ReactNode; disabled?: boolean };

type TabsProps = {
  tabs: readonly Tab[];
  label: string;
  defaultValue?: string;
  value?: string;
  onValueChange?: (value: string) => void;
};

export const TAB_LOOK =
  "relative inline-flex h-9 items-center gap-1.5 px-0.5 text-base text-muted whitespace-nowrap transition-colors hover:text-text disabled:opacity-50 data-[state=active]:text-text data-[state=active]:after:bg-accent-line after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 after:rounded-sm";

/** Views of one thing, switched in place. For views with addresses of their own use `LinkTabs`. */
export function Tabs({ tabs, label, defaultValue, value, onValueChange }: TabsProps) {
  return (
    <Primitive.Root
      defaultValue={defaultValue ?? tabs[0]?.value}
      value={value}
      onValueChange={onValueChange}
      className="min-w-0"
    >
      <Primitive.List
        aria-label={label}
        className="mb-4 flex gap-5 overflow-x-auto overflow-y-hidden border-b"
      >
        {tabs.map((tab) => (
          <Primitive.Trigger key={tab.value} value={tab.value} disabled={tab.disabled} className={TAB_LOOK}>
            {tab.label}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map((tab) => (
        <Primitive.Content key={tab.value} value={tab.value} className="outline-offset-4">
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
