/** Fixed demo values; the portal's seed may use the same ones. They guard nothing but a simulator. */
export type OrganizationRecord = { id: string; name: string; domain: string };
export type UserRecord = {
  id: string;
  organizationId: string;
  name: string;
  email: string;
  language: string;
  queueIds: string[];
};
export type QueueRecord = { id: string; organizationId: string; name: string; description: string };
export type ClientRecord = {
  id: string;
  organizationId: string;
  name: string;
  grant: "CLIENT-CREDENTIALS" | "CODE";
  secret?: string;
  scopes: string[];
  redirectUris: string[];
  /** By roles for client credentials; what the agents' role holds for a user grant. */
  permissions: string[];
  state: "active" | "inactive";
};
export type WrapUpCode = { id: string; name: string };

export const LARKFIELD: OrganizationRecord = {
  id: "d7934305-0972-4844-938e-9060eef73d05",
  name: "Larkfield",
  domain: "larkfield",
};
export const HARBORVIEW: OrganizationRecord = {
  id: "4be1a0a6-52f6-4c0b-9a0e-8a8f2c1d7e02",
  name: "Harborview Bank",
  domain: "harborview",
};

export const SERVER_PERMISSIONS = [
  "routing:queue:view",
  "routing:wrapupCode:view",
  "conversation:communication:view",
  "conversation:message:view",
  "conversation:participant:wrapup",
  "analytics:conversationDetail:view",
  "oauth:client:view",
  "directory:user:view",
];
export const AGENT_PERMISSIONS = [
  "routing:queue:view",
  "conversation:message:view",
  "conversation:message:create",
  "conversation:participant:wrapup",
  "directory:user:view",
];

const AGENT_SCOPES = ["conversations", "notifications", "routing:readonly", "users:readonly"];

export const DEMO_CLIENTS: ClientRecord[] = [
  {
    id: "7c1e5b52-3a63-4d0f-9a0b-6f2d1c9e4a01",
    organizationId: LARKFIELD.id,
    name: "OmniBots connector",
    grant: "CLIENT-CREDENTIALS",
    secret: "sandbox-larkfield-connector-secret",
    scopes: [],
    redirectUris: [],
    permissions: SERVER_PERMISSIONS,
    state: "active",
  },
  {
    id: "7c1e5b52-3a63-4d0f-9a0b-6f2d1c9e4a02",
    organizationId: LARKFIELD.id,
    name: "OmniBots agent widget",
    grant: "CODE",
    scopes: AGENT_SCOPES,
    redirectUris: [],
    permissions: AGENT_PERMISSIONS,
    state: "active",
  },
  {
    id: "9d20f6a3-5b1c-4f7e-8c2d-1e3a7b5c6d01",
    organizationId: HARBORVIEW.id,
    name: "Harborview connector",
    grant: "CLIENT-CREDENTIALS",
    secret: "sandbox-harborview-connector-secret",
    scopes: [],
    redirectUris: [],
    permissions: SERVER_PERMISSIONS,
    state: "active",
  },
];

/** The demo tenant's own three come first, under the ids that its conversations use. */
const NAMED_QUEUES = [
  ["queue-care", "Customer care"],
  ["queue-billing", "Billing"],
  ["queue-outages", "Outages"],
] as const;
const REGIONS = ["North", "South", "East", "West", "Coast", "Valley"];
const TOPICS = [
  "Deliveries",
  "Returns",
  "New contracts",
  "Cancellations",
  "Roaming",
  "Fiber",
  "Mobile",
  "Business",
  "Complaints",
  "Social media",
];

export const DEMO_QUEUES: QueueRecord[] = [
  ...NAMED_QUEUES.map(([id, name]) => queue(id, name)),
  ...REGIONS.flatMap((region) =>
    TOPICS.map((topic) =>
      queue(`queue-${topic}-${region}`.toLowerCase().replaceAll(" ", "-"), `${topic} ${region}`),
    ),
  ),
  { id: "queue-harborview-cards", organizationId: HARBORVIEW.id, name: "Cards", description: "" },
];

function queue(id: string, name: string): QueueRecord {
  return { id, organizationId: LARKFIELD.id, name, description: `${name} at Larkfield` };
}

const ALL_NAMED = NAMED_QUEUES.map(([id]) => id);

export const DEMO_USERS: UserRecord[] = [
  agent("1f0a6c1e-8f0a-4d8a-b1b0-3c5b6f7a0001", "Kim Doe", "kim.doe", ALL_NAMED),
  agent("1f0a6c1e-8f0a-4d8a-b1b0-3c5b6f7a0002", "Daniel Reyes", "daniel.reyes", ALL_NAMED),
  agent("1f0a6c1e-8f0a-4d8a-b1b0-3c5b6f7a0003", "Amara Osei", "amara.osei", ["queue-care"]),
  agent("1f0a6c1e-8f0a-4d8a-b1b0-3c5b6f7a0004", "Lena Fischer", "lena.fischer", ["queue-billing"]),
  {
    id: "2e9b7d2f-7a1b-4e9b-92c1-4d6c7a8b0001",
    organizationId: HARBORVIEW.id,
    name: "Robin Hale",
    email: "robin.hale@harborview.example",
    language: "en-US",
    queueIds: ["queue-harborview-cards"],
  },
];

function agent(id: string, name: string, mailbox: string, queueIds: string[]): UserRecord {
  const email = `${mailbox}@larkfield.example`;
  return { id, organizationId: LARKFIELD.id, name, email, language: "en-US", queueIds };
}

export const DEMO_WRAP_UP_CODES: WrapUpCode[] = [
  { id: "5a7d3e10-0c5e-4d57-8f7b-0f6f5a1b0001", name: "Resolved" },
  { id: "5a7d3e10-0c5e-4d57-8f7b-0f6f5a1b0002", name: "Callback agreed" },
  { id: "5a7d3e10-0c5e-4d57-8f7b-0f6f5a1b0003", name: "Passed on" },
  { id: "5a7d3e10-0c5e-4d57-8f7b-0f6f5a1b0004", name: "Billing question" },
  { id: "5a7d3e10-0c5e-4d57-8f7b-0f6f5a1b0005", name: "Fault reported" },
];
