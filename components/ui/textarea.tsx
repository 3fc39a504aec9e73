"use client";

import type { VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";
import { useFieldProps } from "./field.tsx";
import { controlLook } from "./input.tsx";

type TextareaProps = Omit<ComponentProps<"textarea">, "className"> &
  Pick<VariantProps<typeof controlLook>, "font">;

/** Several lines of text; grows with what is written, up to 40 % of the window. */
export function Textarea({ font, id, name, required, rows = 3, ...props }: TextareaProps) {
  const field = useFieldProps({ id, name, required });
  return (
    <textarea
      rows={rows}
      {...field}
      className={cn(controlLook({ font }), "field-sizing-content h-auto max-h-[40vh] min-h-16 py-1.5")}
      {...props}
    />
  );
}
