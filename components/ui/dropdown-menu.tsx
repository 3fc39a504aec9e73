"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

const ITEM =
  "relative flex min-h-7 cursor-default items-center gap-2 rounded-sm px-2 py-1 text-base outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted";

type MenuProps = {
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
  side?: "bottom" | "top" | "right";
};

/** A list of actions behind a button. */
export function DropdownMenu({ trigger, children, align = "end", side }: MenuProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-md bg-raised p-1 shadow-float data-[state=open]:animate-in data-[state=open]:fade-in-0"
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

type MenuItemProps = {
  children: ReactNode;
  onSelect?: () => void;
  /** Renders its one child, a link as a rule. */
  asChild?: boolean;
  disabled?: boolean;
  tone?: "plain" | "danger";
};

export function MenuItem({ tone = "plain", ...props }: MenuItemProps) {
  return (
    <Primitive.Item className={cn(ITEM, tone === "danger" && "text-error [&_svg]:text-error")} {...props} />
  );
}

type MenuCheckProps = {
  children: ReactNode;
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  /** The menu stays open, so that several can be chosen. */
  keepOpen?: boolean;
};

export function MenuCheck({ children, keepOpen, ...props }: MenuCheckProps) {
  return (
    <Primitive.CheckboxItem
      className={cn(ITEM, "pr-8")}
      onSelect={(event) => keepOpen && event.preventDefault()}
      {...props}
    >
      {children}
      <Primitive.ItemIndicator className="absolute right-2">
        <Check aria-hidden />
      </Primitive.ItemIndicator>
    </Primitive.CheckboxItem>
  );
}

type MenuChoiceProps = {
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  options: readonly { value: string; label: ReactNode }[];
};

/** One of a few, inside a menu. */
export function MenuChoice({ label, value, onValueChange, options }: MenuChoiceProps) {
  return (
    <Primitive.RadioGroup value={value} onValueChange={onValueChange} aria-label={label}>
      {options.map((option) => (
        <Primitive.RadioItem key={option.value} value={option.value} className={cn(ITEM, "pr-8")}>
          {option.label}
          <Primitive.ItemIndicator className="absolute right-2">
            <Check aria-hidden />
          </Primitive.ItemIndicator>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Primitive.Label className="px-2 py-1.5 text-xs text-muted">{children}</Primitive.Label>;
}

export function MenuSeparator() {
  return <Primitive.Separator className="my-1 h-px bg-line" />;
}
