import type { CredentialField } from "../manifest.ts";

export const credentialFields: readonly CredentialField[] = [
  {
    name: "audiohookApiKey",
    label: "AudioHook API key",
    kind: "generated",
    help: "Made by us. Genesys Cloud sends it with every call, so it is what lets a call in.",
    required: true,
  },
  {
    name: "audiohookClientSecret",
    label: "AudioHook client secret",
    kind: "generated",
    help: "Made by us. Genesys Cloud signs every connection with it and never sends it.",
    required: true,
  },
  {
    name: "organizationId",
    label: "Organization id",
    kind: "text",
    help: "Admin > Account Settings > Organization Settings > Organization Details > Advanced. With it, calls of any other organization are refused.",
    required: false,
  },
  {
    name: "unsignedAllowed",
    label: "Accept unsigned connections",
    kind: "switch",
    help: "Only where the integration in Genesys Cloud has no client secret. Has no effect while there is one here.",
    required: false,
  },
  {
    name: "refuseRepeatedNonce",
    label: "Refuse a repeated nonce",
    kind: "switch",
    help: "Stricter against recorded requests. Leave it off unless you know that your organization never repeats one; repeats are noted either way.",
    required: false,
  },
];
