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
    organizationId: "d7934305-0972-4844-938e-9060eef73d05",
  };
}
