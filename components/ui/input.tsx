"use client";

import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";
import { useFieldProps } from "./field.tsx";

export const controlLook = cva(
  "w-full min-w-0 rounded-md border border-line-strong bg-surface text-text placeholder:text-muted transition-colors hover:border-muted focus-visible:border-accent-line focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-50 aria-invalid:border-error-line",
  {
    variants: {
      scale: { md: "h-8 px-2.5 text-base", sm: "h-7 px-2 text-sm", lg: "h-9 px-3 text-base" },
      font: { text: "", mono: "font-mono text-sm" },
    },
    defaultVariants: { scale: "md", font: "text" },
  },
);

type InputProps = Omit<ComponentProps<"input">, "className"> & VariantProps<typeof controlLook>;

/** One line of text. Inside a `Field` it takes name, label and error from there. */
export function Input({ scale, font, id, name, required, type = "text", ...props }: InputProps) {
  const field = useFieldProps({ id, name, required });
  return (
    <input
      type={type}
      {...field}
      className={cn(controlLook({ scale, font }), "read-only:bg-hover")}
      {...props}
    />
  );
}
