import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { AUDIT_AREAS } from "#/lib/tenancy/audit-filter.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** Actions and routes that change nothing of a tenant's, or whose change is no person's. Each with its reason. */
const CHANGES_NOTHING: Record<string, string> = {
  countExpiredAction: "a dry run",
  planImportAction: "a dry run",
  exportMappingsAction: "reads the mapping, which holds no secret",
  recentQuestionsAction: "reads questions",
  startSandbox: "has the simulators begin; nothing of the tenant's changes",
  renameAction: "a person's own account, of no tenant",
  changePasswordAction: "a person's own account, of no tenant",
  endSessionsAction: "a person's own account, of no tenant",
  makeAccountAction: "the database function notes it: member.joined",
  joinAction: "the database function notes it: member.joined",
};

/** What notes a change: `audit` itself, the `note` that models take, or a row written by hand. */
const NOTES = /\b(?:audit|note|noteWith\w*)\(|insert\(auditEntries\)/;
const READS =
  /^(?:list|read|count|try|preview|search|find|check|test|show|load|get|explain|compare|parse|filter)/;

type Source = { file: string; text: string; imports: Map<string, string> };

const sources = new Map<string, Source>();

function sourceOf(file: string): Source | undefined {
  const known = sources.get(file);
  if (known) return known;
  if (!existsSync(join(ROOT, file))) return undefined;
  const text = readFileSync(join(ROOT, file), "utf8");
  const imports = new Map<string, string>();
  for (const [, names = "", from = ""] of text.matchAll(
    /import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+"([^"]+)"/g,
  )) {
    const target = from.startsWith("#/")
      ? from.slice(2)
      : from.startsWith(".")
        ? relative(ROOT, resolve(ROOT, dirname(file), from))
        : undefined;
    if (!target) continue;
    for (const name of names.split(","))
      imports.set(
        name
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? "",
        target,
      );
  }
  const source = { file, text, imports };
  sources.set(file, source);
  return source;
}

/** A top-level function or constant, whole: formatted code ends it at the first line that begins with its bracket. */
function bodyOf({ text }: Source, name: string): string | undefined {
  const start = new RegExp(`^(?:export )?(?:async )?(?:function\\*? |const )${name}\\b`, "m").exec(text);
  if (!start) return undefined;
  const rest = text.slice(start.index);
  const [line = ""] = rest.split("\n");
  if (line.endsWith(";")) return line;
  const end = /^(?:\}.*|\);?|\];?)$/m.exec(rest);
  return end ? rest.slice(0, end.index + end[0].length) : rest;
}

/** Whether a function notes what it does, itself or by something that it calls. */
function notes(file: string, name: string, seen = new Set<string>()): boolean {
  const key = `${file} ${name}`;
  const source = seen.has(key) ? undefined : sourceOf(file);
  const body = source && bodyOf(source, name);
  seen.add(key);
  if (!source || body === undefined) return false;
  if (NOTES.test(body)) return true;
  return calledIn(body).some((called) => notes(source.imports.get(called) ?? file, called, seen));
}

const calledIn = (body: string) => [
  ...new Set([...body.matchAll(/\b([a-z]\w+)\b/g)].map(([, called = ""]) => called)),
];

const files = readdirSync(join(ROOT, "app"), { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !path.includes(".test."))
  .map((path) => `app/${path}`);

const actions = files.flatMap((file) => {
  const text = sourceOf(file)?.text ?? "";
  const names = [...text.matchAll(/^export const (\w+) = (?:tenantAction|userAction|visitorAction)\b/gm)];
  return names.map(([, name = ""]) => ({ file, name }));
});

test("the walk finds the actions", () => {
  expect(actions.length).toBeGreaterThan(25);
});

test.each(actions)("$name of $file stands in the audit log", ({ file, name }) => {
  if (name in CHANGES_NOTHING || READS.test(name)) return;
  expect(
    notes(file, name),
    `${name} notes nothing: call audit() where it writes, or list it with its reason`,
  ).toBe(true);
});

test("every kind of entry can be filtered for in the audit log", () => {
  const written = ["lib", "app"].flatMap((top) =>
    readdirSync(join(ROOT, top), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path) && !path.includes(".test."))
      .flatMap((path) => [
        ...readFileSync(join(ROOT, top, path), "utf8").matchAll(/\baction: "([a-z-]+)\.[a-z-]+"/g),
      ]),
  );
  const areas = new Set(written.map(([, area = ""]) => area));
  expect([...areas].filter((area) => !(area in AUDIT_AREAS))).toEqual([]);
});

test("no exception outlives its action", () => {
  const known = actions.map(({ name }) => name);
  expect(Object.keys(CHANGES_NOTHING).filter((name) => !known.includes(name))).toEqual([]);
});
