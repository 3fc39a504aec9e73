import type { PlatformId } from "#/lib/kernel/platform-id.ts";

/** What a platform allows; `via` is the part of it that does. */
export type Capability = { is: "yes" | "no" | "optional"; via?: string };

/** `sandbox` options are offered only where the sandbox runs. */
export type FieldOption = { value: string; label: string; sandbox?: true };

/**
 * One input of the connection's form. `secret` and `generated` values are sealed under the field's name, all others
 * are settings; the connector's own schema decides what is accepted.
 */
export type CredentialField = {
  name: string;
  label: string;
  kind: "text" | "textarea" | "select" | "switch" | "secret" | "generated";
  help: string;
  required: boolean;
  /** Of a select. */
  options?: readonly FieldOption[];
  /** What a new connection starts with. */
  initial?: string | boolean;
  /** Height of what has several lines: a textarea, or a secret such as a JSON key. */
  lines?: number;
  /** The heading that it stands under; fields of one group follow each other. */
  group?: string;
  /** Of a generated value: plain base64 where the platform decodes it, else letters that fit into an address. */
  letters?: "address" | "base64";
};

/** Something to copy into the platform's side. Placeholders such as `%WIDGET_URL%` are filled in by the page. */
export type DeployValue = { label: string; value: string; help?: string };

/** A part of the deployment: where on the platform's side it happens, and what is pasted there. */
export type DeployPart = {
  id: string;
  title: string;
  where?: string;
  text: string;
  values: readonly DeployValue[];
};

/** A value that a setup step tells the reader to paste on the platform's side; the page knows its text. */
export type PasteKey =
  | "audiohookAddress"
  | "audiohookApiKey"
  | "audiohookClientSecret"
  | "widgetAddress"
  | "signInCallback";

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
  page?: "mapping" | "deploy" | "test" | "credentials" | "settings";
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
  /** Its widgets know their agent by names that may differ from those of its events: an admin can link them. */
  matchesAgents?: true;
  routing: string;
  suggestionSource: string;
  capabilities: { chat: Capability; sendMessage: Capability; saveSummary: Capability };
  /** Hosts of the platform's own desktop, in the form of `frame-ancestors`. */
  frameAncestors: readonly string[];
  credentialFields: readonly CredentialField[];
  setupSteps: readonly SetupStep[];
  /** What a pause means for each way in: what is lost and what comes later. */
  whilePaused: readonly string[];
  /** How the widget gets into the platform's desktop; without it only the plain address is shown. */
  deployment?: readonly DeployPart[];
};

export function defineManifest(manifest: Manifest): Manifest {
  const names = manifest.setupSteps.map((step) => step.id);
  if (new Set(names).size !== names.length)
    throw new TypeError(`${manifest.id} has two setup steps of one id.`);
  return manifest;
}
