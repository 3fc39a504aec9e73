/** What a Five9 domain has; fixed values, so that it is the same domain at every start. */
export type Skill = { id: string; name: string };
export type Agent = { id: string; name: string; username: string };

export const DOMAIN = { id: "131745", name: "Larkfield" };
export const CAMPAIGN = { id: "1100001", name: "Larkfield inbound" };
export const SUBSCRIPTION_ID = "6b1f2c1a-0d5e-4b57-8f7b-0f6f5a1b0009";

export const SKILLS: readonly Skill[] = [
  { id: "250001", name: "Customer care" },
  { id: "250002", name: "Billing" },
  { id: "250003", name: "Outages & repairs" },
  { id: "250004", name: "New contracts" },
];

export const AGENTS: readonly Agent[] = [
  { id: "310001", name: "Kim Doe", username: "kim.doe@larkfield.example" },
  { id: "310002", name: "Daniel Reyes", username: "daniel.reyes@larkfield.example" },
];

/** The user that a connection signs in with. */
export const API_USER = { username: "omnibots.api@larkfield.example", password: "sandbox-five9-password" };
export const CONSUMER = { key: "sandbox-consumer-key", secret: "sandbox-consumer-secret" };
