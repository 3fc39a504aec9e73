import { jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Clock } from "#/lib/kernel/clock.ts";

/** A widget token and this one are signed with the same secret; the audience keeps either from passing as the other. */
const AUDIENCE = "agent";
/** A shift. */
export const AGENT_SESSION_SECONDS = 12 * 60 * 60;

/** As in the widget's own token; a platform may allow more. */
const LONGEST_NAME = 200;

/** Who signed in at the platform, as it told our server. */
export const agentClaimsSchema = z.object({
  tenantId: z.uuid(),
  connectionId: z.uuid(),
  agentId: z.string().min(1).max(200),
  agentName: z.string().max(LONGEST_NAME).optional(),
  /** The platform's organization that the agent signed in to; a session from before this was kept has none. */
  organizationId: z.string().max(200).optional(),
  /** The platform's organization was compared with the tenant's. */
  confirmed: z.boolean(),
});
export type AgentClaims = z.output<typeof agentClaimsSchema>;

export type AgentSessions = {
  mint(claims: AgentClaims): Promise<{ token: string; endsAt: number }>;
  /** Throws `unauthenticated`. */
  verify(token: string): Promise<AgentClaims>;
};

/** Says for a shift that an agent has signed in, so that each conversation need not ask the platform again. */
export function createAgentSessions(secret: string, clock: Clock): AgentSessions {
  const key = new TextEncoder().encode(secret);
  return {
    mint: async ({ agentName, ...claims }) => {
      const now = Math.floor(clock() / 1000);
      const named = agentName === undefined ? {} : { agentName: agentName.slice(0, LONGEST_NAME) };
      const token = await new SignJWT({ ...claims, ...named })
        .setProtectedHeader({ alg: "HS256" })
        .setAudience(AUDIENCE)
        .setIssuedAt(now)
        .setExpirationTime(now + AGENT_SESSION_SECONDS)
        .sign(key);
      return { token, endsAt: (now + AGENT_SESSION_SECONDS) * 1000 };
    },
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(token, key, {
          audience: AUDIENCE,
          algorithms: ["HS256"],
          currentDate: new Date(clock()),
        });
        return agentClaimsSchema.parse(payload);
      } catch (cause) {
        throw new AppError("unauthenticated", "This sign-in has ended; sign in again.", { cause });
      }
    },
  };
}
