import type { Permission } from "./permissions.ts";

type Group = { label: string; permissions: readonly { id: Permission; label: string; hint?: string }[] };

/** Every permission in the words of the portal, by the page that it is about. */
export const PERMISSION_GROUPS: readonly Group[] = [
  {
    label: "Overview and analytics",
    permissions: [
      { id: "overview:read", label: "See the overview" },
      { id: "analytics:read", label: "See analytics", hint: "Figures by queue and by agent" },
    ],
  },
  {
    label: "Integrations",
    permissions: [
      { id: "integrations:read", label: "See integrations" },
      { id: "integrations:write", label: "Connect, change and disconnect", hint: "Credentials included" },
    ],
  },
  {
    label: "Queue mapping",
    permissions: [
      { id: "mapping:read", label: "See the mapping" },
      { id: "mapping:write", label: "Change the mapping" },
    ],
  },
  {
    label: "Knowledge",
    permissions: [
      { id: "knowledge:read", label: "Read and search" },
      { id: "knowledge:write", label: "Add, change and delete documents" },
    ],
  },
  {
    label: "Models",
    permissions: [
      { id: "models:read", label: "See models" },
      { id: "models:write", label: "Add, change and delete models", hint: "Keys included" },
    ],
  },
  {
    label: "Conversations",
    permissions: [
      { id: "conversations:read", label: "Read conversations", hint: "Transcripts and summaries" },
      { id: "conversations:delete", label: "Delete conversations" },
    ],
  },
  {
    label: "Service",
    permissions: [
      { id: "health:read", label: "See service health" },
      { id: "events:read", label: "Inspect events", hint: "Payloads are redacted" },
      { id: "events:replay", label: "Replay events" },
      { id: "sandbox:use", label: "Use the sandbox" },
    ],
  },
  {
    label: "Settings",
    permissions: [
      { id: "settings:read", label: "See settings" },
      { id: "settings:write", label: "Change settings", hint: "Sign-on, retention, branding, origins" },
      { id: "members:write", label: "Manage members and roles", hint: "Never beyond one's own role" },
      { id: "keys:write", label: "Manage API keys" },
      { id: "audit:read", label: "Read the audit log" },
    ],
  },
];
