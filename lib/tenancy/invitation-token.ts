import { createHash, randomBytes } from "node:crypto";

/** 32 random bytes; only the hash is stored, so that a copy of the database invites nobody. */
export function newInvitationToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: hashInvitationToken(token) };
}

export function hashInvitationToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
