/** Accounts that can sign in, and what the tenant has registered. */
export const DEMO_PROJECT = "acme-contact-center";
export const DEMO_LOCATION = "us-central1";
export const DEMO_TOPIC = "agent-assist-events";
export const DEMO_AGENT = "0b1c7e52-4c1e-4d27-9a6e-5a0f3f1c2d11";
export const DEMO_BUCKET = "acme-transcripts";
export const WORKSPACE_DOMAIN = "acme.example";

export type Account = { sub: string; email: string; name: string; hd?: string };

export const ACCOUNTS: readonly Account[] = [
  { sub: "1001", email: "kim@acme.example", name: "Kim Larsen", hd: WORKSPACE_DOMAIN },
  { sub: "1002", email: "robin@acme.example", name: "Robin Ade", hd: WORKSPACE_DOMAIN },
  { sub: "2001", email: "stranger@other.example", name: "Sam Stranger", hd: "other.example" },
  { sub: "3001", email: "private@gmail.com", name: "Pat Private" },
];

export const OAUTH_CLIENT = {
  id: "717171-agents.apps.googleusercontent.com",
  secret: "GOCSPX-sandbox-secret",
};

/** Everything that the product's documented roles hold. */
export const ALL_PERMISSIONS = [
  "pubsub.subscriptions.create",
  "pubsub.subscriptions.get",
  "pubsub.subscriptions.update",
  "pubsub.subscriptions.delete",
  "pubsub.subscriptions.consume",
  "pubsub.topics.attachSubscription",
  "pubsub.topics.get",
  "pubsub.topics.publish",
  "dialogflow.agents.get",
  "dialogflow.conversationProfiles.list",
  "dialogflow.conversationProfiles.get",
  "dialogflow.conversations.get",
  "dialogflow.sessions.detectIntent",
  "contactcenterinsights.conversations.list",
  "contactcenterinsights.conversations.create",
  "storage.objects.create",
] as const;
