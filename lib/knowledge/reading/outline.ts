import type { PageStart, Section } from "./read-document.ts";

/** Collects text under the heading it stands below; shared by every format. */
export type Outline = {
  heading(depth: number, text: string): void;
  /** Adds words to the heading that came last. */
  extendHeading(text: string): void;
  text(text: string, page?: number): void;
  sections(): Section[];
  /** The first heading of the highest level used. */
  firstHeading(): string | undefined;
};

export function createOutline(): Outline {
  const sections: Section[] = [];
  let path: { depth: number; text: string }[] = [];
  let lines: { text: string; page: number | undefined }[] = [];
  let top: { depth: number; text: string } | undefined;

  const flush = () => {
    const text = lines.map((line) => line.text).join("\n");
    const headingPath = path.map((heading) => heading.text);
    const pageStarts = pagesOf(lines);
    if (text !== "") sections.push({ headingPath, text, ...(pageStarts.length > 0 && { pageStarts }) });
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
    extendHeading(raw) {
      const last = path.at(-1);
      if (!last) return;
      const longer = { ...last, text: oneLine(`${last.text} ${raw}`) };
      path = [...path.slice(0, -1), longer];
      if (top === last) top = longer;
    },
    text(text, page) {
      if (text.trim() !== "") lines.push({ text: text.trim(), page });
    },
    sections() {
      flush();
      return sections;
    },
    firstHeading: () => top?.text,
  };
}

/** Where in the joined lines each page begins. */
function pagesOf(lines: readonly { text: string; page: number | undefined }[]): PageStart[] {
  const starts: PageStart[] = [];
  let at = 0;
  for (const { text, page } of lines) {
    if (page !== undefined && page !== starts.at(-1)?.page) starts.push({ at, page });
    at += text.length + 1;
  }
  return starts;
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
  return sections.map(({ headingPath, ...rest }) => ({
    headingPath: headingPath[0] === title ? headingPath.slice(1) : headingPath,
    ...rest,
  }));
}
