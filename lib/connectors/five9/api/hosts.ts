import { AppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../../platform-access.ts";
import type { Region } from "../credentials.ts";

/** Configuration web services, and the REST login where the contract knows one (section 4). */
export type Five9Hosts = { soap: string; rest: string };

const HOSTS: Record<Exclude<Region, "sandbox">, Five9Hosts & { place: string }> = {
  us: { place: "United States", soap: "https://api.five9.com", rest: "https://app.five9.com" },
  ca: { place: "Canada", soap: "https://api.five9.ca", rest: "https://app.ca.five9.com" },
  eu: { place: "Europe", soap: "https://api.five9.eu", rest: "https://app.eu.five9.eu" },
  "eu-legacy": {
    place: "Europe (older domains)",
    soap: "https://api.eu.five9.com",
    rest: "https://app.eu.five9.eu",
  },
};

export function placeOf(region: Region): string {
  return region === "sandbox" ? "Sandbox on this machine" : HOSTS[region].place;
}

export function hostsOf(region: Region, sandboxes: PlatformAccess["sandboxes"]): Five9Hosts {
  if (region !== "sandbox") return HOSTS[region];
  const sandbox = sandboxes.five9?.replace(/\/+$/, "");
  if (sandbox) return { soap: sandbox, rest: sandbox };
  throw new AppError("conflict", "The sandbox is off here: choose the region of your Five9 domain.");
}
