import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";

export const buttonVariants = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none transition-colors disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-on-accent hover:bg-accent-strong",
        secondary: "border-line-strong bg-surface text-text hover:bg-hover data-[state=open]:bg-hover",
        ghost: "border-transparent text-muted hover:bg-hover hover:text-text data-[state=open]:bg-hover",
        danger: "border-transparent bg-danger text-on-danger hover:opacity-90",
        "danger-quiet": "border-line-strong bg-surface text-error hover:bg-error-fill",
        link: "border-transparent px-0 text-accent-text underline-offset-4 hover:underline",
      },
      size: {
        md: "h-8 px-3 text-base",
        sm: "h-7 px-2 text-sm",
        lg: "h-9 px-4 text-base",
        icon: "size-8",
        "icon-sm": "size-7",
      },
      width: { auto: "", full: "w-full" },
    },
    compoundVariants: [{ variant: "link", className: "h-auto px-0" }],
    defaultVariants: { variant: "secondary", size: "md", width: "auto" },
  },
);

type ButtonProps = Omit<ComponentProps<"button">, "className"> &
  VariantProps<typeof buttonVariants> & {
    /** Dresses its one child (a link, as a rule) instead of rendering a button. */
    asChild?: boolean;
    /** Work is under way: shows a spinner and takes no further clicks. */
    busy?: boolean;
  };

export function Button({ asChild, busy, variant, size, width, disabled, children, ...props }: ButtonProps) {
  const look = cn(buttonVariants({ variant, size, width }));
  if (asChild) {
    return (
      <Slot.Root className={look} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type="button" className={look} disabled={disabled || busy} aria-busy={busy} {...props}>
      {busy ? <LoaderCircle className="animate-spin" aria-hidden /> : null}
      {children}
    </button>
  );
}
