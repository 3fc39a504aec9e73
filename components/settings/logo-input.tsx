"use client";

import type { ChangeEvent } from "react";
import { useFieldProps } from "#/components/ui/field.tsx";

/** A file of the reader's own; what was chosen is handed on as a data address for the preview. */
export function LogoInput({ onChoose }: { onChoose: (address: string | undefined) => void }) {
  const field = useFieldProps({});
  const read = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (!file) return onChoose(undefined);
    const reader = new FileReader();
    reader.addEventListener("load", () =>
      onChoose(typeof reader.result === "string" ? reader.result : undefined),
    );
    reader.readAsDataURL(file);
  };
  return (
    <input
      {...field}
      type="file"
      accept="image/png,image/svg+xml"
      onChange={read}
      className="w-full text-sm text-muted file:mr-3 file:h-8 file:rounded-md file:border file:border-solid file:border-line-strong file:bg-surface file:px-3 file:text-sm file:text-text"
    />
  );
}
