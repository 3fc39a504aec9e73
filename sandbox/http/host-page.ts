import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { SandboxEnv } from "../env.ts";
import type { Reply, Route } from "./router.ts";

const FOLDER = resolve(import.meta.dirname, "../host");

const FILES = {
  "/host": ["host.html", "text/html; charset=utf-8"],
  "/host/host.css": ["host.css", "text/css; charset=utf-8"],
  "/host/conversation.css": ["conversation.css", "text/css; charset=utf-8"],
  "/host/host.js": ["host.js", "text/javascript; charset=utf-8"],
  "/host/widget-frame.js": ["widget-frame.js", "text/javascript; charset=utf-8"],
  "/host/call-panel.js": ["call-panel.js", "text/javascript; charset=utf-8"],
  "/host/chat-panel.js": ["chat-panel.js", "text/javascript; charset=utf-8"],
  "/host/microphone.js": ["microphone.js", "text/javascript; charset=utf-8"],
  "/host/microphone-worklet.js": ["microphone-worklet.js", "text/javascript; charset=utf-8"],
} as const;

/** The host page is served like a stranger's agent desktop: it may frame the portal and talk to us, no more. */
export function hostPageRoutes(env: Pick<SandboxEnv, "PORTAL_URL" | "SANDBOX_URL">): Route[] {
  const portal = new URL(env.PORTAL_URL).origin;
  const socket = new URL(env.SANDBOX_URL).origin.replace(/^http/, "ws");
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    `connect-src 'self' ${socket}`,
    `frame-src ${portal}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return Object.entries(FILES).map(([path, [file, type]]) => ({
    method: "GET",
    path: new RegExp(`^${path.replaceAll(".", "\\.")}$`),
    access: "public",
    answer: (): Reply => ({
      body: readFileSync(join(FOLDER, file)),
      headers: {
        "content-type": type,
        "content-security-policy": policy,
        "referrer-policy": "origin",
        "permissions-policy": "microphone=(self)",
      },
    }),
  }));
}
