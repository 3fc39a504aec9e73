"use client";

import { type CSSProperties, createContext, type ReactNode, useContext } from "react";

/** How the tenant wants its widget to look; what is missing looks as the product does. */
export type WidgetBranding = {
  accent?: string;
  /** What reads best on the accent. */
  onAccent?: string;
  title?: string;
  logo?: string;
};

const BrandingContext = createContext<WidgetBranding>({});

export const useBranding = () => useContext(BrandingContext);

/**
 * Below this the accent is the tenant's, where it fills or outlines something: that was held to 3:1 on both grounds
 * when it was saved. Words keep the product's own colors, which read at 4.5:1.
 */
export function BrandingProvider({ branding, children }: { branding: WidgetBranding; children: ReactNode }) {
  const { accent, onAccent } = branding;
  const style = accent
    ? ({
        "--accent": accent,
        "--accent-strong": accent,
        "--accent-line": accent,
        "--on-accent": onAccent,
      } as CSSProperties)
    : undefined;
  return (
    <BrandingContext.Provider value={branding}>
      <div className="contents" style={style}>
        {children}
      </div>
    </BrandingContext.Provider>
  );
}
