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
