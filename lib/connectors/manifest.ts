import type { PlatformId } from "#/lib/kernel/platform-id.ts";

/** What a platform allows; `via` is the part of it that does. */
export type Capability = { is: "yes" | "no" | "optional"; via?: string };

/** One input of the credentials form. */
export type CredentialField = {
  name: string;
  label: string;
  kind: "text" | "secret" | "generated" | "switch";
  help: string;
  required: boolean;
};

/** A value that a setup step tells the reader to paste on the platform's side; the page knows its text. */
export type PasteKey = "audiohookAddress" | "audiohookApiKey" | "audiohookClientSecret" | "widgetAddress";

export type SetupStep = {
  id: string;
  title: string;
  text: string;
  /** Where on the platform's side it happens. */
  where?: string;
  paste?: readonly { label: string; value: PasteKey }[];
  /** The step of the connection test that proves it. */
  check?: string;
  /** A page of the portal that does it. */
  page?: "mapping" | "deploy" | "test" | "credentials";
};

/** Pure facts about a platform, safe to send to a browser. */
export type Manifest = {
  id: PlatformId;
  label: string;
  /** `planned` platforms are shown with what they will need and cannot be connected yet. */
  availability: "ready" | "planned";
  summary: string;
  /** Ways in which speech arrives, short names; none means that the platform brings no voice. */
  voice: readonly string[];
  /** Long form of `voice`, for the list of platforms. */
  voiceTransport: string;
  digitalTransport: string;
  events: readonly string[];
  /** Long form of `events`, for the list of platforms. */
  eventDelivery: string;
  widgetAuth: string;
  routing: string;
  suggestionSource: string;
  capabilities: { chat: Capability; sendMessage: Capability; saveSummary: Capability };
  /** Hosts of the platform's own desktop, in the form of `frame-ancestors`. */
  frameAncestors: readonly string[];
  credentialFields: readonly CredentialField[];
  setupSteps: readonly SetupStep[];
};

export function defineManifest(manifest: Manifest): Manifest {
  const names = manifest.setupSteps.map((step) => step.id);
  if (new Set(names).size !== names.length)
    throw new TypeError(`${manifest.id} has two setup steps of one id.`);
  return manifest;
}
