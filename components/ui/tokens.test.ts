import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

type Oklch = { l: number; c: number; h: number };

const CSS = readFileSync(resolve(import.meta.dirname, "../../app/globals.css"), "utf8");
const GROUNDS = ["background", "surface", "raised", "hover", "selected"];
const STATES = ["ok", "warn", "error", "info"];

function tokensOf(selector: string): Map<string, Oklch> {
  const start = CSS.indexOf(`\n${selector} {`);
  const block = CSS.slice(start, CSS.indexOf("\n}", start));
  const found = block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g);
  return new Map(
    [...found].map(([, name = "", l, c, h]) => [name, { l: Number(l), c: Number(c), h: Number(h) }]),
  );
}

/** Relative luminance as WCAG defines it, through linear sRGB (Ottosson's matrices). */
function luminance({ l, c, h }: Oklch): number {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const x = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const y = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const z = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const [red = 0, green = 0, blue = 0] = [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ].map((channel) => Math.min(1, Math.max(0, channel)));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Oklch, other: Oklch): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const PAIRS: [text: string, ground: string][] = [
  ...[
    "foreground",
    "muted",
    "accent-text",
    ...STATES.flatMap((state) => [`${state}-text`, `${state}-line`]),
  ].flatMap((text) => GROUNDS.map((ground): [string, string] => [text, ground])),
  ...STATES.flatMap((state): [string, string][] => [
    [`${state}-text`, `${state}-fill`],
    [`${state}-line`, `${state}-fill`],
    ["foreground", `${state}-fill`],
  ]),
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["on-danger", "danger"],
  ["accent-text", "accent-fill"],
];

test.each([":root", ".dark"])("every text in %s reads at 4.5:1 on every ground it may stand on", (theme) => {
  const tokens = tokensOf(theme);
  const tooFaint = PAIRS.flatMap(([text, ground]) => {
    const [front, back] = [tokens.get(text), tokens.get(ground)];
    if (!front || !back) return [`${text} or ${ground} is not defined`];
    const ratio = contrast(front, back);
    return ratio < 4.5 ? [`${text} on ${ground}: ${ratio.toFixed(2)}`] : [];
  });
  expect(tooFaint).toEqual([]);
});
