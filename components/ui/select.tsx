"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { cn } from "./class-names.ts";
import { useFieldProps } from "./field.tsx";
import { controlLook } from "./input.tsx";
import { useRestored } from "./use-form-draft.tsx";

/** Radix keeps the empty string for "nothing chosen", so an option that means "none" needs a name inside. */
const NONE = "__none__";

export type SelectOption = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean };

type SelectProps = {
  options: readonly SelectOption[];
  name?: string;
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  placeholder?: string;
  disabled?: boolean;
  scale?: "md" | "sm";
  /** Needed only outside a `Field`. */
  "aria-label"?: string;
};

/** One of a few. An option may have the value "" (for example "Tenant default"). */
export function Select(props: SelectProps) {
  const {
    options,
    name,
    value,
    defaultValue,
    onValueChange,
    placeholder = "Choose…",
    disabled,
    scale,
  } = props;
  const field = useFieldProps({ name });
  const [own, setOwn] = useState(defaultValue);
  const hidden = useRef<HTMLInputElement>(null);
  const current = value ?? own;
  const announced = useRef(current);

  useEffect(() => {
    // A form that watches for changes hears nothing from a hidden input unless it is told.
    if (announced.current === current) return;
    announced.current = current;
    hidden.current?.dispatchEvent(new Event("input", { bubbles: true }));
  }, [current]);

  const choose = (next: string) => {
    const plain = next === NONE ? "" : next;
    setOwn(plain);
    onValueChange?.(plain);
  };
  const restored = useRestored(field.name);
  const take = useRef(choose);
  take.current = choose;
  useEffect(() => {
    if (restored !== undefined) take.current(restored);
  }, [restored]);
  const hasEmpty = options.some((option) => option.value === "");
  const selected = current === "" && hasEmpty ? NONE : (current ?? "");

  return (
    <Primitive.Root value={selected} onValueChange={choose} disabled={disabled}>
      {field.name ? <input ref={hidden} type="hidden" name={field.name} value={current ?? ""} /> : null}
      <Primitive.Trigger
        id={field.id}
        aria-label={props["aria-label"]}
        aria-invalid={field["aria-invalid"]}
        aria-describedby={field["aria-describedby"]}
        className={cn(
          controlLook({ scale }),
          "flex items-center justify-between gap-2 text-left data-placeholder:text-muted [&>span:first-child]:truncate",
        )}
      >
        <Primitive.Value placeholder={placeholder} />
        <Primitive.Icon asChild>
          <ChevronDown className="size-4 shrink-0 text-muted" aria-hidden />
        </Primitive.Icon>
      </Primitive.Trigger>
      <SelectList options={options} />
    </Primitive.Root>
  );
}

function SelectList({ options }: { options: readonly SelectOption[] }) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        position="popper"
        sideOffset={4}
        className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-96 overflow-hidden rounded-md bg-raised shadow-float data-[state=open]:animate-in data-[state=open]:fade-in-0"
      >
        <Primitive.Viewport className="p-1">
          {options.map((option) => (
            <Primitive.Item
              key={option.value || NONE}
              value={option.value || NONE}
              disabled={option.disabled}
              className="relative flex min-h-7 cursor-default items-center rounded-sm py-1 pr-8 pl-2 text-base outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover"
            >
              <span className="flex min-w-0 flex-col">
                <Primitive.ItemText>{option.label}</Primitive.ItemText>
                {option.hint ? <span className="text-xs text-muted">{option.hint}</span> : null}
              </span>
              <Primitive.ItemIndicator className="absolute right-2">
                <Check className="size-4 text-accent-text" aria-hidden />
              </Primitive.ItemIndicator>
            </Primitive.Item>
          ))}
        </Primitive.Viewport>
      </Primitive.Content>
    </Primitive.Portal>
  );
}
