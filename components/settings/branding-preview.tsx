import { ProductMark } from "#/components/shell/product-mark.tsx";
import { textOn } from "#/lib/branding/branding-rules.ts";

type BrandingPreviewProps = {
  theme: "light" | "dark";
  accent: string | undefined;
  title: string;
  logo: string | undefined;
};

/** The widget in small: the places that branding touches, in one theme. */
export function BrandingPreview({ theme, accent, title, logo }: BrandingPreviewProps) {
  const filled = accent ? { backgroundColor: accent, color: textOn(accent) } : undefined;
  return (
    <figure>
      <div className={`${theme} overflow-hidden rounded-md border bg-background text-sm text-text`}>
        <div className="flex h-10 items-center gap-2 border-b bg-surface px-3">
          {logo ? (
            // biome-ignore lint/performance/noImgElement: a data address needs no loader.
            <img src={logo} alt="" className="h-5 w-auto max-w-20" />
          ) : (
            <ProductMark />
          )}
          <span className="min-w-0 truncate font-medium">{title || "Agent Assist"}</span>
        </div>
        <div className="p-3">
          <div
            className="rounded-md border border-l-2 border-l-accent bg-surface p-3"
            style={accent ? { borderLeftColor: accent } : undefined}
          >
            <p className="text-xs text-muted">Why was I charged twice?</p>
            <p className="mt-1">A second charge within three days is a pending authorization.</p>
            <span
              className="mt-3 inline-flex h-7 items-center rounded-md bg-accent px-2.5 font-medium text-on-accent"
              style={filled}
            >
              Insert
            </span>
          </div>
        </div>
      </div>
      <figcaption className="mt-1 text-xs text-muted">{theme === "light" ? "Light" : "Dark"}</figcaption>
    </figure>
  );
}
