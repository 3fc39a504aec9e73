"use client";

import { Switch as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { useFieldProps } from "./field.tsx";

type SwitchProps = {
  name?: string;
  checked?: boolean;
  defaultChecked?: boolean;
  onCheckedChange?: (checked: boolean) => void;
  disabled?: boolean;
  /** Beside the switch; inside a `Field` that already has a label, leave it out. */
  label?: ReactNode;
  hint?: ReactNode;
};

/** On or off. In a form its field is "on" when it is on and absent when it is off. */
export function Switch({ label, hint, name, ...props }: SwitchProps) {
  const field = useFieldProps({ name });
  const control = (
    <Primitive.Root
      {...field}
      {...props}
      className="inline-flex h-5 w-8 shrink-0 items-center rounded-full border border-transparent bg-muted transition-colors disabled:opacity-50 data-[state=checked]:bg-accent"
    >
      <Primitive.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-on-accent transition-transform data-[state=checked]:translate-x-3.5" />
    </Primitive.Root>
  );
  if (!label) return control;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is a button, which a label may name.
    <label className="flex items-start gap-2.5">
      {control}
      <span className="min-w-0">
        <span className="block text-base">{label}</span>
        {hint ? <span className="block text-sm text-muted">{hint}</span> : null}
      </span>
    </label>
  );
}
