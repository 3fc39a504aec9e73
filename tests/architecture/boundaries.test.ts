import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { LAYERS, type Module } from "./layers.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const MODULES = Object.keys(LAYERS) as Module[];
const IMPORT = /(?:from|import)\s*\(?\s*["']((?:\.|#\/)[^"']+)["']/g;
const TOPS = ["app", "components", "lib", "workers", "drizzle", "sandbox"];
/** Packages that one room of the house keeps to itself. */
const KEPT: Record<string, RegExp> = {
  bullmq: /^(lib\/queues|workers)\//,
  "socket.io": /^(lib\/realtime|workers\/realtime)\//,
  "socket.io-client": /^components\/widget\//,
  ws: /^(lib\/stt|lib\/pulsar|workers|sandbox)\//,
  "drizzle-orm": /^(drizzle|lib|workers)\//,
  next: /^(app|components|lib\/web)\//,
  "next-auth": /^(app|components|lib\/web)\//,
  "server-only": /^(app|lib\/web)\//,
  react: /^(app|components|lib\/web)\//,
};

/** The longest module path that contains `file`, or undefined for root configs. */
function moduleOf(file: string): Module | undefined {
  const owners = MODULES.filter(
    (name) => file === name || (/^[./]/.test(file.slice(name.length)) && file.startsWith(name)),
  );
  return owners.sort((a, b) => b.length - a.length)[0];
}

const read = (file: string) => readFileSync(resolve(ROOT, file), "utf8");

function importsOf(file: string): string[] {
  return [...read(file).matchAll(IMPORT)].map(([, specifier = ""]) =>
    specifier.startsWith("#/") ? specifier.slice(2) : relative(ROOT, resolve(ROOT, dirname(file), specifier)),
  );
}

const files = TOPS.filter((top) => existsSync(resolve(ROOT, top))).flatMap((top) =>
  readdirSync(resolve(ROOT, top), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|(^|\/)testing\//.test(path))
    .map((path) => `${top}/${path}`),
);

test.each(files)("%s imports only what its layer allows", (file) => {
  const from = moduleOf(file);
  expect(from, `${file} is in no layer; add its module to layers.ts`).toBeDefined();
  const forbidden = importsOf(file).filter((target) => {
    const to = moduleOf(target);
    return from && to && from !== to && !(LAYERS[from] as readonly string[]).includes(to);
  });
  expect(forbidden).toEqual([]);
});

test.each(files)("%s leaves kept packages to their rooms", (file) => {
  const packages = [...read(file).matchAll(/(?:from|import)\s*\(?\s*["']([^."'#][^"']*)["']/g)].map(
    ([, specifier = ""]) =>
      specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/"),
  );
  expect(packages.filter((name) => KEPT[name] && !KEPT[name].test(file))).toEqual([]);
});

test("a connector imports no other connector", () => {
  const strangers = files
    .filter((file) => /^lib\/connectors\/[^/]+\//.test(file))
    .flatMap((file) =>
      importsOf(file)
        .filter((target) => /^lib\/connectors\/[^/]+\//.test(target))
        .filter((target) => target.split("/")[2] !== file.split("/")[2])
        .map((target) => `${file} -> ${target}`),
    );
  expect(strangers).toEqual([]);
});

test("modules import each other in no circle", () => {
  const edges = new Map<string, Set<string>>();
  for (const file of files) {
    const from = moduleOf(file);
    for (const target of importsOf(file)) {
      const to = moduleOf(target);
      if (from && to && from !== to) edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
  }
  const circles: string[] = [];
  const visit = (name: string, path: readonly string[]) => {
    if (path.includes(name)) circles.push([...path, name].join(" -> "));
    else for (const next of edges.get(name) ?? []) visit(next, [...path, name]);
  };
  for (const name of edges.keys()) visit(name, []);
  expect(circles).toEqual([]);
});
