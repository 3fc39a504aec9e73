"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { useFieldProps } from "./field.tsx";

type CheckboxProps = {
  name?: string;
  value?: string;
  checked?: boolean | "indeterminate";
  defaultChecked?: boolean;
  onCheckedChange?: (checked: boolean) => void;
  disabled?: boolean;
  label?: ReactNode;
  hint?: ReactNode;
  /** Needed only when there is no visible label. */
  "aria-label"?: string;
};

/** Yes or no, or one of several. */
export function Checkbox({ label, hint, name, onCheckedChange, ...props }: CheckboxProps) {
  const field = useFieldProps({ name });
  const control = (
    <Primitive.Root
      {...field}
      {...props}
      onCheckedChange={(checked) => onCheckedChange?.(checked === true)}
      className="inline-flex size-4 shrink-0 items-center justify-center rounded-sm border border-muted bg-surface transition-colors disabled:opacity-50 data-[state=checked]:border-transparent data-[state=checked]:bg-accent data-[state=indeterminate]:border-transparent data-[state=indeterminate]:bg-accent"
    >
      <Primitive.Indicator className="text-on-accent [&_svg]:size-3">
        {props.checked === "indeterminate" ? <Minus aria-hidden /> : <Check aria-hidden />}
      </Primitive.Indicator>
    </Primitive.Root>
  );
  if (!label) return control;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is a button, which a label may name.
    <label className="flex items-start gap-2.5">
      <span className="flex h-5 items-center">{control}</span>
      <span className="min-w-0">
        <span className="block text-base">{label}</span>
        {hint ? <span className="block text-sm text-muted">{hint}</span> : null}
      </span>
    </label>
  );
}
