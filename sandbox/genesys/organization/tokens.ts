import { createHash } from "node:crypto";
import { ApiError, OAuthError } from "./api-error.ts";
import type { Clock } from "./clock.ts";
import type { ClientRecord, UserRecord } from "./demo-organization.ts";
import type { Random } from "./random.ts";
import type { Settings } from "./settings.ts";

export type Token = {
  value: string;
  organizationId: string;
  client: ClientRecord;
  /** Absent for client credentials. */
  user?: UserRecord;
  expiresAt: number;
  revoked: boolean;
};

export type CodeRequest = { clientId: string; redirectUri: string; challenge: string };
type Code = CodeRequest & { user: UserRecord; expiresAt: number };

export type TokenFilter = { userId?: string; clientId?: string };
export type Tokens = ReturnType<typeof createTokens>;

type Deps = { clock: Clock; random: Random; settings: Settings };

/** Access tokens and one-time codes. */
export function createTokens({ clock, random, settings }: Deps) {
  const tokens = new Map<string, Token>();
  const codes = new Map<string, Code>();

  const issue = (client: ClientRecord, user?: UserRecord): Token => {
    const token: Token = {
      value: random.uuid().replaceAll("-", "") + random.uuid().replaceAll("-", ""),
      organizationId: user?.organizationId ?? client.organizationId,
      client,
      user,
      expiresAt: clock.now() + settings.tokenSeconds * 1000,
      revoked: false,
    };
    tokens.set(token.value, token);
    return token;
  };
  const alive = (token: Token) => !token.revoked && token.expiresAt > clock.now();

  return {
    issue,
    alive,
    verify(authorization: string | undefined): Token {
      const value = /^bearer\s+(.+)$/i.exec(authorization ?? "")?.[1];
      if (!value) throw new ApiError(401, "authentication.required", "No authentication bearer token.");
      const token = tokens.get(value);
      if (token && alive(token)) return token;
      throw new ApiError(401, "bad.credentials", "Invalid login credentials.");
    },
    giveCode(request: CodeRequest, user: UserRecord): string {
      const code = random.uuid();
      codes.set(code, { ...request, user, expiresAt: clock.now() + settings.codeSeconds * 1000 });
      return code;
    },
    /** A code serves once, whatever comes of it. */
    redeem(value: string, { clientId, redirectUri, verifier }: Redemption): UserRecord {
      const code = codes.get(value);
      codes.delete(value);
      if (!code || code.expiresAt <= clock.now()) throw invalidGrant("authorization code is invalid or used");
      if (code.clientId !== clientId) throw invalidGrant("authorization code is of another client");
      if (code.redirectUri !== redirectUri) throw invalidGrant("redirect_uri does not match");
      const challenge = createHash("sha256").update(verifier).digest("base64url");
      if (challenge !== code.challenge) throw invalidGrant("code_verifier does not match");
      return code.user;
    },
    list: () => [...tokens.values()],
    /** Ends tokens early: `revoke` as a logout does, `expire` as time does. Answers those that it ended. */
    end(how: "revoke" | "expire", { userId, clientId }: TokenFilter = {}): Token[] {
      const ended = [...tokens.values()].filter(
        (token) =>
          alive(token) &&
          (!userId || token.user?.id === userId) &&
          (!clientId || token.client.id === clientId),
      );
      for (const token of ended) {
        if (how === "revoke") token.revoked = true;
        else token.expiresAt = clock.now();
      }
      return ended;
    },
    revoke(token: Token): void {
      token.revoked = true;
    },
    clear(): void {
      tokens.clear();
      codes.clear();
    },
  };
}

type Redemption = { clientId: string; redirectUri: string; verifier: string };

function invalidGrant(message: string): OAuthError {
  return new OAuthError(400, "invalid_grant", message);
}
