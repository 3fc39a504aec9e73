import type { Token } from "./tokens.ts";

type TopicKind = { id: string; description: string; requiresPermissions: string[]; pattern: RegExp };

const QUEUE_PERMISSIONS = ["analytics:conversationDetail:view"];
const OTHER_USER_PERMISSIONS = ["conversation:communication:view"];
const MAX_TOPIC_CHARS = 200;

/** The topics this organization knows; `{id}` stands for a user's or a queue's id. */
export const TOPIC_KINDS: readonly TopicKind[] = [
  ...["conversations", "conversations.messages", "conversations.calls", "presence", "routingStatus"].map(
    (postfix) => kind("v2.users.{id}", postfix, []),
  ),
  ...["conversations", "conversations.messages", "conversations.calls"].map((postfix) =>
    kind("v2.routing.queues.{id}", postfix, QUEUE_PERMISSIONS),
  ),
];

function kind(prefix: string, postfix: string, requiresPermissions: string[]): TopicKind {
  const id = `${prefix}.${postfix}`;
  const pattern = new RegExp(`^${id.replaceAll(".", "\\.").replace("{id}", "(?<id>[\\w-]+)")}$`);
  return { id, description: `Events of ${postfix}`, requiresPermissions, pattern };
}

export type Subscription = {
  id: string;
  state: "Permitted" | "Rejected";
  rejectionReason?: string;
  missingPermissions?: string[];
  /** The single topics under which its events arrive. */
  singles: string[];
};

/** `v2.users.x?conversations&presence` is one subscription and several topics (contract, section 4). */
function singlesOf(id: string): string[] {
  const [prefix = "", postfixes] = id.split("?");
  return postfixes === undefined ? [id] : postfixes.split("&").map((postfix) => `${prefix}.${postfix}`);
}

/** Whether the bearer of a token may hear a topic, and if not, why not. */
export function judgeTopic(id: string, token: Token): Subscription {
  const singles = singlesOf(id);
  const rejected = (rejectionReason: string, missingPermissions: string[] = []): Subscription => ({
    id,
    state: "Rejected",
    rejectionReason,
    missingPermissions,
    singles: [],
  });
  if (id.length >= MAX_TOPIC_CHARS) return rejected("The topic is too long.");
  const missing = new Set<string>();
  for (const single of singles) {
    const match = TOPIC_KINDS.map((known) => ({ known, found: known.pattern.exec(single) })).find(
      ({ found }) => found,
    );
    if (!match) return rejected(`The topic ${single} is invalid.`);
    for (const permission of neededFor(match.known, match.found?.groups?.id, token)) {
      if (!token.client.permissions.includes(permission)) missing.add(permission);
    }
  }
  if (missing.size > 0) return rejected("Missing permissions.", [...missing]);
  return { id, state: "Permitted", singles };
}

function neededFor(known: TopicKind, id: string | undefined, token: Token): readonly string[] {
  const foreignUser = known.id.startsWith("v2.users.") && id !== token.user?.id;
  return foreignUser ? OTHER_USER_PERMISSIONS : known.requiresPermissions;
}
