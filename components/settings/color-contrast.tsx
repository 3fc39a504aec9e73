import { StateBadge } from "#/components/ui/badge.tsx";
import { checkAccent } from "#/lib/branding/branding-rules.ts";

/** How well a colour stands out in both themes, while it is typed. */
export function ColorContrast({ accent }: { accent: string | undefined }) {
  if (!accent) return "Six digits such as #2563eb. Empty: the product's own.";
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1">
      {checkAccent(accent).map(({ theme, contrast, enough }) => (
        <StateBadge key={theme} state={enough ? "ok" : "error"} look="plain">
          {contrast}:1 on {theme}
          {enough ? "" : ", at least 3:1"}
        </StateBadge>
      ))}
    </span>
  );
}
