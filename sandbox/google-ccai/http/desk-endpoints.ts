import { readFileSync } from "node:fs";
import { join } from "node:path";
import { desktopStyle } from "../../desktop-page/desktop-style.ts";
import { keyFileOf, type Project } from "../project.ts";
import { seedOf } from "./control-endpoints.ts";
import { type ApiReply, type Endpoint, endpoint } from "./endpoint.ts";

const FOLDER = join(import.meta.dirname, "../desk");

/** Any widget may be framed: the desk stands for a tenant's own page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "img-src data:",
  "style-src 'self'",
  "connect-src 'self'",
  "frame-src *",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** A plain agents' page that frames the widget: Google brings no desktop of its own. */
export function deskEndpoints(
  project: Project,
  options: { portalUrl: string; widgetUrl: string | undefined },
): Endpoint[] {
  const file = (name: string, type: string): (() => ApiReply) => {
    return () => ({
      body: readFileSync(join(FOLDER, name), "utf8"),
      headers: { "content-type": `${type}; charset=utf-8`, "content-security-policy": POLICY },
    });
  };
  const widgetUrl = options.widgetUrl ?? `${options.portalUrl}/widget/google-ccai/demo-google`;
  return [
    endpoint("GET /", () => ({ status: 302, headers: { location: "/desktop" } })),
    endpoint("GET /desktop", file("desk.html", "text/html")),
    endpoint("GET /desktop/base.css", () => ({
      body: desktopStyle().toString("utf8"),
      headers: { "content-type": "text/css; charset=utf-8" },
    })),
    endpoint("GET /healthz", () => ({ body: { status: "ok" } })),
    endpoint("GET /desk", file("desk.html", "text/html")),
    endpoint("GET /desk/desk.js", file("desk.js", "text/javascript")),
    endpoint("GET /desk/desk.css", file("desk.css", "text/css")),
    endpoint(
      "GET /desk/api/start",
      () => ({ body: { widgetUrl, project: seedOf(project), key: JSON.parse(keyFileOf(project)) } }),
      "desk",
    ),
  ];
}
