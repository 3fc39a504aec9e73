import type { Permission } from "#/lib/tenancy/permissions.ts";

export type PageKey =
  | "overview"
  | "analytics"
  | "integrations"
  | "queues"
  | "knowledge"
  | "models"
  | "health"
  | "events"
  | "conversations"
  | "settings"
  | "sandbox";

export type NavPage = {
  key: PageKey;
  label: string;
  path: string;
  permission: Permission;
  /** The heading that this page stands under. */
  under?: string;
  keywords?: string[];
};

/** The portal's pages in the order of the side bar. */
const PAGES: readonly NavPage[] = [
  {
    key: "overview",
    label: "Overview",
    path: "/overview",
    permission: "overview:read",
    keywords: ["home", "start"],
  },
  {
    key: "analytics",
    label: "Analytics",
    path: "/analytics",
    permission: "analytics:read",
    keywords: ["adoption", "figures", "knowledge gaps", "unanswered", "report"],
  },
  {
    key: "integrations",
    label: "Integrations",
    path: "/integrations",
    permission: "integrations:read",
    keywords: ["connections", "platforms", "genesys", "five9", "8x8", "salesforce", "google"],
  },
  {
    key: "queues",
    label: "Queue Mapping",
    path: "/middleware/queues",
    permission: "mapping:read",
    under: "Middleware",
    keywords: ["middleware", "prompt", "profile"],
  },
  {
    key: "knowledge",
    label: "Knowledge",
    path: "/knowledge",
    permission: "knowledge:read",
    keywords: ["bases", "documents", "articles"],
  },
  {
    key: "models",
    label: "Models",
    path: "/models",
    permission: "models:read",
    keywords: ["llm", "openai", "answers"],
  },
  {
    key: "health",
    label: "Service Health",
    path: "/health",
    permission: "health:read",
    keywords: ["status", "processes", "latency"],
  },
  {
    key: "events",
    label: "Event Inspector",
    path: "/events",
    permission: "events:read",
    keywords: ["deliveries", "replay", "trail"],
  },
  {
    key: "conversations",
    label: "Conversations",
    path: "/conversations",
    permission: "conversations:read",
    keywords: ["transcript", "calls", "chats", "history"],
  },
  {
    key: "sandbox",
    label: "Sandbox",
    path: "/sandbox",
    permission: "sandbox:use",
    keywords: ["demo", "call", "chat", "microphone"],
  },
  {
    key: "settings",
    label: "Settings",
    path: "/settings",
    permission: "settings:read",
    keywords: ["members", "roles", "single sign-on", "api keys", "retention", "branding", "audit log"],
  },
];

/** The pages that this reader may open; the sandbox only where one runs. */
export function pagesFor(allowed: (permission: Permission) => boolean, sandbox: boolean): NavPage[] {
  return PAGES.filter((page) => allowed(page.permission) && (sandbox || page.key !== "sandbox"));
}
