"use client";

import { AlertDialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";

type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  children: ReactNode;
  /** The buttons, the safe one first: it has the focus. */
  footer: ReactNode;
};

/** A question that must be answered before anything else: it does not close by a click beside it. */
export function ConfirmDialog({ open, onOpenChange, title, children, footer }: ConfirmDialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 bg-overlay data-[state=open]:animate-in data-[state=open]:fade-in-0" />
        <Primitive.Content className="fixed top-[16vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 rounded-md bg-raised p-4 shadow-float data-[state=open]:animate-in data-[state=open]:fade-in-0">
          <Primitive.Title className="text-lg font-semibold">{title}</Primitive.Title>
          <Primitive.Description asChild>
            <div className="mt-1 text-base text-muted">{children}</div>
          </Primitive.Description>
          <div className="mt-4 flex justify-end gap-2">{footer}</div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
