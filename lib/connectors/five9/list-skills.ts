import { AppError } from "#/lib/kernel/app-error.ts";
import type { PlatformQueue } from "../connector.ts";
import type { PlatformAccess } from "../platform-access.ts";
import { type AdminService, adminService } from "./api/admin-service.ts";
import { hostsOf } from "./api/hosts.ts";
import { childText } from "./api/xml.ts";
import type { Five9Credentials } from "./credentials.ts";

/** Undefined where the connection has no API user. */
export function adminServiceOf(own: Five9Credentials, access: PlatformAccess): AdminService | undefined {
  const { authMethod, username, password, region, soapVersion: version } = own;
  if (authMethod !== "user" || !username || !password) return undefined;
  const { soap } = hostsOf(region, access.sandboxes);
  return adminService({ soap, version, username, password }, access);
}

/** Every skill of the domain, by name; skills are what queues are elsewhere. */
export async function listSkills(service: AdminService, signal: AbortSignal): Promise<PlatformQueue[]> {
  const found = await service.call("getSkills", { skillNamePattern: ".*" }, signal);
  const skills = found.flatMap((element) => {
    const name = childText(element, "name");
    const id = childText(element, "id");
    return name && id ? [{ id, name }] : [];
  });
  return skills.sort((a, b) => a.name.localeCompare(b.name, "en"));
}

export async function listQueues(
  own: Five9Credentials,
  access: PlatformAccess,
  signal: AbortSignal,
): Promise<PlatformQueue[]> {
  const service = adminServiceOf(own, access);
  if (service) return await listSkills(service, signal);
  throw new AppError(
    "conflict",
    "This connection has no API user with a password: without one skills are typed by hand.",
  );
}
