import type { Role } from "#/drizzle/schema/members.ts";

/** Who may do what; every page, action and route asks this table on the server. */
const PERMISSIONS = {
  "overview:read": ["owner", "admin", "support", "supervisor"],
  "integrations:read": ["owner", "admin", "support"],
  "integrations:write": ["owner", "admin"],
  "mapping:read": ["owner", "admin", "support", "supervisor"],
  "mapping:write": ["owner", "admin"],
  "knowledge:read": ["owner", "admin", "support", "supervisor"],
  "knowledge:write": ["owner", "admin"],
  "models:read": ["owner", "admin", "support"],
  "models:write": ["owner", "admin"],
  "health:read": ["owner", "admin", "support"],
  "events:read": ["owner", "admin", "support"],
  "events:replay": ["owner", "admin", "support"],
  "conversations:read": ["owner", "admin", "support", "supervisor"],
  "conversations:delete": ["owner", "admin"],
  "analytics:read": ["owner", "admin", "supervisor"],
  "settings:read": ["owner", "admin"],
  "settings:write": ["owner", "admin"],
  "members:write": ["owner", "admin"],
  "keys:write": ["owner", "admin"],
  "audit:read": ["owner", "admin"],
  "sandbox:use": ["owner", "admin", "support"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

export function may(role: Role, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).includes(role);
}
