"use client";

import { cva } from "class-variance-authority";
import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { cn } from "./class-names.ts";

const panelVariants = cva(
  "fixed z-50 flex flex-col bg-raised shadow-float duration-150 outline-none data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:animate-in data-[state=open]:fade-in-0",
  {
    variants: {
      place: {
        middle:
          "top-[12vh] left-1/2 max-h-[80vh] w-[calc(100vw-2rem)] -translate-x-1/2 rounded-md data-[state=open]:zoom-in-98",
        right:
          "inset-y-0 right-0 w-full data-[state=closed]:slide-out-to-right-8 data-[state=open]:slide-in-from-right-8",
      },
      size: { sm: "max-w-md", md: "max-w-xl", lg: "max-w-3xl" },
    },
    defaultVariants: { place: "middle", size: "md" },
  },
);

type PanelProps = {
  title: ReactNode;
  children: ReactNode;
  hint?: ReactNode;
  /** What opens it; leave out when `open` is held outside. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  footer?: ReactNode;
  size?: "sm" | "md" | "lg";
};

/** A question or a short form in the middle of the page. */
export function Dialog(props: PanelProps) {
  return <Panel place="middle" {...props} />;
}

/** A side panel over the right edge: the details of a row, with the list still in sight. */
export function Sheet(props: PanelProps) {
  return <Panel place="right" {...props} />;
}

function Panel({
  place,
  title,
  children,
  hint,
  trigger,
  footer,
  size,
  ...root
}: PanelProps & { place: "middle" | "right" }) {
  return (
    <Primitive.Root {...root}>
      {trigger ? <Primitive.Trigger asChild>{trigger}</Primitive.Trigger> : null}
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 bg-overlay duration-150 data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:animate-in data-[state=open]:fade-in-0" />
        <Primitive.Content
          className={cn(panelVariants({ place, size }))}
          {...(hint ? {} : { "aria-describedby": undefined })}
        >
          <div className="flex items-start justify-between gap-4 border-b py-3 pr-3 pl-4">
            <div className="min-w-0 py-0.5">
              <Primitive.Title className="text-lg font-semibold">{title}</Primitive.Title>
              {hint ? (
                <Primitive.Description className="text-sm text-muted">{hint}</Primitive.Description>
              ) : null}
            </div>
            <Primitive.Close asChild>
              <Button variant="ghost" size="icon-sm" aria-label="Close">
                <X aria-hidden />
              </Button>
            </Primitive.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
          {footer ? <div className="flex justify-end gap-2 border-t px-4 py-3">{footer}</div> : null}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Closes the dialog or sheet around it; wraps one button. */
export function CloseDialog({ children }: { children: ReactNode }) {
  return <Primitive.Close asChild>{children}</Primitive.Close>;
}
