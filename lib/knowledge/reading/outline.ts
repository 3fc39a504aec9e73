import type { Section } from "./read-document.ts";

/** Collects text under the heading it stands below; shared by every format. */
export type Outline = {
  heading(depth: number, text: string): void;
  text(text: string): void;
  sections(): Section[];
  /** The first heading of the highest level used. */
  firstHeading(): string | undefined;
};

export function createOutline(): Outline {
  const sections: Section[] = [];
  let path: { depth: number; text: string }[] = [];
  let lines: string[] = [];
  let top: { depth: number; text: string } | undefined;

  const flush = () => {
    const text = lines.join("\n").trim();
    if (text !== "") sections.push({ headingPath: path.map((heading) => heading.text), text });
    lines = [];
  };

  return {
    heading(depth, raw) {
      const text = oneLine(raw);
      if (text === "") return;
      flush();
      path = [...path.filter((heading) => heading.depth < depth), { depth, text }];
      if (!top || depth < top.depth) top = { depth, text };
    },
    text(text) {
      if (text.trim() !== "") lines.push(text.trim());
    },
    sections() {
      flush();
      return sections;
    },
    firstHeading: () => top?.text,
  };
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** A table row that keeps its meaning alone: "Plan: Basic; Price: 9 EUR". */
export function rowText(header: readonly string[], cells: readonly string[]): string {
  const named = cells.map(oneLine).flatMap((cell, i) => {
    const name = oneLine(header[i] ?? "");
    if (cell === "") return [];
    return name === "" || name === cell ? [cell] : [`${name}: ${cell}`];
  });
  return named.join("; ");
}

/** The heading that is the title says nothing more in every section's path. */
export function withoutTitle(sections: readonly Section[], title: string): Section[] {
  return sections.map(({ headingPath, text }) => ({
    headingPath: headingPath[0] === title ? headingPath.slice(1) : headingPath,
    text,
  }));
}
