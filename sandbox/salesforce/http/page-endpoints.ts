import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SandboxError } from "../../sandbox-error.ts";
import type { Org } from "../org.ts";
import { type Endpoint, endpoint } from "./serve.ts";

const CONSOLE = join(import.meta.dirname, "../console");
/** The package that customers deploy: its own files run here. */
const PACKAGE = join(import.meta.dirname, "../../../salesforce/force-app/main/default");
const JAVASCRIPT = "text/javascript; charset=utf-8";
const HTML = "text/html; charset=utf-8";

const read = (folder: string, file: string) => readFileSync(join(folder, file), "utf8");

/** The console's page, the package's own files, and the modules that stand in for the platform's. */
export function pageEndpoints(org: Org): Endpoint[] {
  const file = (path: string, name: string, type: string) =>
    endpoint(`GET ${path}`, "public", () => ({ body: read(CONSOLE, name), type }));
  return [
    endpoint("GET /", "public", () => ({ status: 302, headers: { location: "/console" } })),
    endpoint("GET /healthz", "public", () => ({ body: { status: "ok" } })),
    file("/console", "console.html", HTML),
    file("/console/console.css", "console.css", "text/css; charset=utf-8"),
    ...["console.js", "visualforce.js"].map((name) => file(`/console/${name}`, name, JAVASCRIPT)),
    ...["lwc", "message-service", "conversation-toolkit", "ui-record-api", "apex"].map((name) =>
      file(`/console/modules/${name}.js`, `modules/${name}.js`, JAVASCRIPT),
    ),
    endpoint("GET /console/modules/channel/:name", "public", ({ params }) => ({
      body: `export default ${JSON.stringify(params.name)};\n`,
      type: JAVASCRIPT,
    })),
    endpoint("GET /console/modules/apex/:name", "public", ({ params }) => ({
      body: `import { apex } from "/console/modules/apex.js";\nexport default apex(${JSON.stringify(params.name)});\n`,
      type: JAVASCRIPT,
    })),
    endpoint("GET /package/lwc/agentAssist/:name", "public", ({ params }) => ({
      body: componentFile(params.name ?? ""),
      type: JAVASCRIPT,
    })),
    endpoint("GET /resource/agentAssistBridge", "public", () => ({
      body: read(PACKAGE, "staticresources/agentAssistBridge.js"),
      type: JAVASCRIPT,
    })),
    endpoint("GET /apex/AgentAssist", "public", ({ url }) => {
      const { id } = org.find(url.searchParams.get("id") ?? "");
      // the console frames it, and the widget in it learns of this page by its origin alone
      return { body: visualforcePage(id, url.searchParams.has("opaque")), type: HTML };
    }),
  ];
}

/** The component's real modules; the platform's compiler is spared by taking its decorators out. */
function componentFile(name: string): string {
  const file = /^(agentAssist|conversation|ledger)(\.js)?$/.exec(name)?.[1];
  if (!file) throw new SandboxError("The component has no such file.", 404);
  return read(PACKAGE, `lwc/agentAssist/${file}.js`).replaceAll(/@(?:api|wire\([^)]*\)) /g, "");
}

/** The package's real page, with what the platform fills in and its two client libraries. */
function visualforcePage(id: string, opaque: boolean): string {
  const libraries = [
    '<script src="/console/visualforce.js"></script>',
    '<script src="/resource/agentAssistBridge"></script>',
    opaque ? "<script>sandboxOpaque(AgentAssistBridge);</script>" : "",
  ];
  return read(PACKAGE, "pages/AgentAssist.page")
    .replace(/<apex:page[^>]*>/, "<!doctype html>")
    .replace("</apex:page>", "")
    .replace(/<apex:includeScript[^>]*\/>/, libraries.join("\n  "))
    .replace("{!$MessageChannel.AgentAssist__c}", "AgentAssist__c")
    .replace("{!JSENCODE(MessagingSession.Id)}", id.slice(0, 15))
    .replace("{!$RemoteAction.AgentAssistSession.open}", "AgentAssistSession.open");
}
