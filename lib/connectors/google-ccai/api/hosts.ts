import { AppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../../platform-access.ts";

/** `sandbox` is the project that the sandbox process plays, where it runs. */
export type Cloud = "google" | "sandbox";

/** Origins without a slash at the end. A tenant chooses a location; it never names a host. */
export type GoogleHosts = {
  token: string;
  certs: string;
  signIn: string;
  pubsub: string;
  storage: string;
  dialogflow(location: string): string;
  insights(location: string): string;
};

const GOOGLE: GoogleHosts = {
  token: "https://oauth2.googleapis.com",
  certs: "https://www.googleapis.com",
  signIn: "https://accounts.google.com",
  pubsub: "https://pubsub.googleapis.com",
  storage: "https://storage.googleapis.com",
  dialogflow: (location) => `https://${regional(location)}dialogflow.googleapis.com`,
  insights: (location) => `https://${regional(location)}contactcenterinsights.googleapis.com`,
};

const regional = (location: string) => (location === "global" ? "" : `${location}-`);

/** Throws `invalid_input` for the sandbox where none runs. */
export function hostsOf(cloud: Cloud, sandboxes: PlatformAccess["sandboxes"]): GoogleHosts {
  if (cloud === "google") return GOOGLE;
  const sandbox = sandboxes["google-ccai"];
  if (!sandbox) throw new AppError("invalid_input", "The sandbox is off here: choose Google Cloud.");
  const { origin } = new URL(sandbox);
  const same = { token: origin, certs: origin, signIn: origin, pubsub: origin, storage: origin };
  return { ...same, dialogflow: () => origin, insights: () => origin };
}

export const CERTS_PATH = "/oauth2/v3/certs";
