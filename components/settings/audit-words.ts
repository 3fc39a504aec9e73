/** What an action did, in the words of a sentence that begins with a person. */
const WORDS: Record<string, string> = {
  "member.invited": "invited a person",
  "member.joined": "joined",
  "member.role": "changed a role",
  "member.removed": "removed a person",
  "invitation.revoked": "revoked an invitation",
  "role.saved": "saved a role",
  "role.deleted": "deleted a role",
  "sign-in.saved": "changed how people sign in",
  "key.created": "made an API key",
  "key.revoked": "revoked an API key",
  "agent-link.save": "linked an agent",
  "agent-link.remove": "removed an agent's link",
  "connection.saved": "changed a connection",
  "connection.rotated": "replaced a connection's secret",
  "connection.retired": "retired an old secret",
  "connection.token": "renewed an embed token",
  "connection.organization": "took over another organization",
  "conversation.deleted": "deleted a conversation",
  "default.saved": "changed the tenant's default",
  "delivery.replayed": "replayed a delivery",
  "document.deleted": "deleted a document",
  "document.restored": "restored a document's version",
  "document.retried": "had a document read again",
  "event.replayed": "replayed an event",
  "events.exported": "exported events",
  "knowledge.created": "made a knowledge base",
  "knowledge.deleted": "deleted a knowledge base",
  "knowledge.renamed": "renamed a knowledge base",
  "knowledge.reindexed": "had a knowledge base indexed again",
  "knowledge.reindex-cancelled": "cancelled indexing",
  "mapping.saved": "mapped a queue",
  "mapping.deleted": "removed a queue's mapping",
  "mapping.bulk": "changed several mappings",
  "mapping.imported": "imported mappings",
  "mapping.exported": "exported mappings",
  "mapping.undone": "undid a change of mappings",
  "profile.restored": "restored an earlier profile",
  "replay.started": "started a replay",
  "replay.cancelled": "cancelled a replay",
  "site.added": "added a web site",
  "site.changed": "changed a web site",
  "site.deleted": "deleted a web site",
  "site.run": "had a web site read",
  "site.cancelled": "stopped reading a web site",
  "speech.saved": "saved a speech service",
  "speech.deleted": "deleted a speech service",
  "speech.default": "chose what hears calls",
  "connection.created": "connected a platform",
  "connection.deleted": "disconnected a platform",
  "connection.origins": "changed allowed origins",
  "model.saved": "saved a model",
  "model.deleted": "deleted a model",
  "model.default": "chose the default model",
  "masking.saved": "changed masking",
  "retention.saved": "changed retention",
  "retention.started": "started a retention round",
  "retention.deleted": "deleted what had passed its time",
  "branding.saved": "changed the branding",
  "audit.exported": "exported the audit log",
};

export function auditWords(action: string): string {
  return WORDS[action] ?? action.replace(".", ": ").replaceAll("-", " ");
}

/** The detail as one line: the most telling parts first come as they were written. */
export function detailLine(detail: Readonly<Record<string, string>>): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${value}`)
    .join(" · ");
}
