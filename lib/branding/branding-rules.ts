/** Where a tenant's colour stands as text or as a thin shape: the widget's grounds, light and dark. */
const GROUNDS = { light: "#ffffff", dark: "#15181d" } as const;

/** WCAG 2.2: 3:1 for shapes and large marks, which is what the accent is used for beside text of its own colour. */
const LEAST_CONTRAST = 3;

export const LOGO_BYTES_LIMIT = 32 * 1024;
export const LOGO_TYPES = ["image/png", "image/svg+xml"] as const;
export type LogoType = (typeof LOGO_TYPES)[number];

export type ContrastCheck = { theme: "light" | "dark"; contrast: number; enough: boolean };

/** How well a colour stands out from the widget's ground, in both themes. */
export function checkAccent(accent: string): ContrastCheck[] {
  return (["light", "dark"] as const).map((theme) => {
    const contrast = Math.round(contrastOf(accent, GROUNDS[theme]) * 100) / 100;
    return { theme, contrast, enough: contrast >= LEAST_CONTRAST };
  });
}

/** Black or white: whichever reads better on the colour. One of them always reaches 4.5:1. */
export function textOn(accent: string): "#000000" | "#ffffff" {
  return contrastOf(accent, "#ffffff") >= contrastOf(accent, "#000000") ? "#ffffff" : "#000000";
}

export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/** WCAG's contrast ratio of two `#rrggbb` colours, 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [bright = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const PNG_START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** What can run, load or frame something. An image element runs none of it; this keeps it harmless elsewhere, too. */
const ACTIVE_SVG =
  /<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet|<(?:script|foreignObject|iframe|object|embed|image|use|animate|set|style|a)\b|\son[a-z]+\s*=|(?:href|src)\s*=|url\(|@import|javascript:/i;

/** What the bytes are, whatever their name claims; undefined for anything that is no safe PNG or SVG. */
export function logoTypeOf(bytes: Uint8Array): LogoType | undefined {
  if (PNG_START.every((byte, at) => bytes[at] === byte)) return "image/png";
  const text = new TextDecoder().decode(bytes).trimStart();
  const isSvg = /^(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(text);
  return isSvg && !ACTIVE_SVG.test(text) ? "image/svg+xml" : undefined;
}
