import { randomBytes } from "node:crypto";

/** What the demo call's side must know; written beside the data so that the shell can dial in too. */
export type DemoCredentials = {
  apiKey: string;
  clientSecret: string;
  embedToken: string;
  organizationId: string;
};

export const DEMO_QUEUES = [
  { id: "queue-care", name: "Customer care" },
  { id: "queue-billing", name: "Billing" },
  { id: "queue-outages", name: "Outages" },
] as const;

export function newDemoCredentials(): DemoCredentials {
  return {
    apiKey: randomBytes(24).toString("base64"),
    clientSecret: randomBytes(32).toString("base64"),
    embedToken: randomBytes(24).toString("base64url"),
    organizationId: SANDBOX_ORGANIZATION.organizationId,
  };
}

/**
 * The OAuth clients of the organization that the sandbox plays, one for the connector and one for agents. They guard
 * nothing but a simulator, which knows the same values; both sides are written from the same agreement.
 */
export const SANDBOX_ORGANIZATION = {
  environment: "sandbox",
  organizationId: "d7934305-0972-4844-938e-9060eef73d05",
  organizationName: "Larkfield",
  clientId: "7c1e5b52-3a63-4d0f-9a0b-6f2d1c9e4a01",
  agentClientId: "7c1e5b52-3a63-4d0f-9a0b-6f2d1c9e4a02",
} as const;

export const SANDBOX_CLIENT_SECRET = "sandbox-larkfield-connector-secret";
