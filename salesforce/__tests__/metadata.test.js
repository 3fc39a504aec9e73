import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../force-app/main/default");
const NAMESPACE = "http://soap.sforce.com/2006/04/metadata";

const files = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  );
const all = files(ROOT).filter((file) => !file.includes("__tests__"));
const named = (file) => file.slice(ROOT.length + 1);

/** Throws the parser's own sentence where the text is no XML. */
function parseXml(text) {
  const parsed = new DOMParser().parseFromString(text, "application/xml");
  const [problem] = parsed.getElementsByTagName("parsererror");
  if (problem) throw new Error(problem.textContent);
  return parsed;
}

test("the parser finds what is not well-formed", () => {
  expect(() => parseXml("<a><b></a>")).toThrow();
  expect(() => parseXml("<a>&nbsp;</a>")).toThrow();
});

test.each(all.filter((file) => file.endsWith(".xml")).map(named))("%s is well-formed metadata", (file) => {
  const { documentElement } = parseXml(readFileSync(join(ROOT, file), "utf8"));
  expect(documentElement.namespaceURI).toBe(NAMESPACE);
});

test.each(all.filter((file) => /\.(page|cmp)$/.test(file)).map(named))("%s is well-formed", (file) => {
  const text = readFileSync(join(ROOT, file), "utf8");
  const declared = text.replace(
    /^<(\S+)/,
    '<$1 xmlns:apex="urn:apex" xmlns:aura="urn:aura" xmlns:lightning="urn:l"',
  );
  expect(() => parseXml(declared)).not.toThrow();
});

test("everything that is deployed has its metadata beside it", () => {
  const beside = { ".cls": "-meta.xml", ".page": "-meta.xml", ".cmp": "-meta.xml" };
  for (const file of all)
    for (const [ending, more] of Object.entries(beside))
      if (file.endsWith(ending)) expect([named(file), existsSync(file + more)]).toEqual([named(file), true]);
});

test("what the permission set and the page name is in the package", () => {
  const permissions = readFileSync(
    join(ROOT, "permissionsets/Agent_Assist_Agent.permissionset-meta.xml"),
    "utf8",
  );
  for (const [, apexClass] of permissions.matchAll(/<apexClass>(.*?)<\/apexClass>/g))
    expect(existsSync(join(ROOT, `classes/${apexClass}.cls`))).toBe(true);
  for (const [, page] of permissions.matchAll(/<apexPage>(.*?)<\/apexPage>/g))
    expect(existsSync(join(ROOT, `pages/${page}.page`))).toBe(true);
  const page = readFileSync(join(ROOT, "pages/AgentAssist.page"), "utf8");
  for (const [, resource] of page.matchAll(/\$Resource\.(\w+)/g))
    expect(existsSync(join(ROOT, `staticresources/${resource}.resource-meta.xml`))).toBe(true);
  for (const [, channel] of page.matchAll(/\$MessageChannel\.(\w+)__c/g))
    expect(existsSync(join(ROOT, `messageChannels/${channel}.messageChannel-meta.xml`))).toBe(true);
});

test("no secret and no host of ours is in the package", () => {
  for (const file of all) {
    const text = readFileSync(file, "utf8");
    for (const [host] of text.matchAll(/https?:\/\/[^\s"'<]+/g))
      expect(host).toMatch(/soap\.sforce\.com|\.example(\.com)?\b/);
  }
});
