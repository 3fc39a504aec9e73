import type { Role } from "#/drizzle/schema/members.ts";

/** What the built-in roles may do; every page, action and route asks on the server. */
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

export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as Permission[];

/** The role that a person has in a tenant, with what it allows at this moment. */
export type HeldRole = {
  /** A built-in role's own word, or the id of a role that the tenant made. */
  id: string;
  name: string;
  permissions: readonly Permission[];
};

/** Who asks for a change, and what they may do. */
export type Asking = { tenantId: string; userId: string; role: HeldRole };

const BUILT_IN_NAMES: Record<Role, string> = {
  owner: "Owner",
  admin: "Admin",
  support: "Support engineer",
  supervisor: "Supervisor",
  agent: "Agent",
};

export function may(role: HeldRole, permission: Permission): boolean {
  return role.permissions.includes(permission);
}

export function builtInRole(role: Role): HeldRole {
  const permissions = ALL_PERMISSIONS.filter((one) => (PERMISSIONS[one] as readonly Role[]).includes(role));
  return { id: role, name: BUILT_IN_NAMES[role], permissions };
}

/** A tenant's own role. Permissions that this version does not know are left out. */
export function ownRole(role: { id: string; name: string; permissions: readonly string[] }): HeldRole {
  return { ...role, permissions: ALL_PERMISSIONS.filter((one) => role.permissions.includes(one)) };
}

/** Nobody hands out, changes or takes away more than they have themselves; owners are the owners' affair. */
export function mayHandle(asking: HeldRole, role: HeldRole): boolean {
  if (asking.id === "owner") return true;
  return role.id !== "owner" && role.permissions.every((permission) => may(asking, permission));
}
