import { jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Clock } from "#/lib/kernel/clock.ts";
import { platformIdSchema } from "#/lib/kernel/platform-id.ts";

const AUDIENCE = "widget";
export const TOKEN_LIFETIME_SECONDS = 5 * 60;
/** A shift: past this a widget shows its embed token again, so that a leaked widget token dies by itself. */
const RENEWABLE_SECONDS = 12 * 60 * 60;

/** What a widget may do: one conversation of one connection, in the name of one agent. */
export const widgetClaimsSchema = z.object({
  tenantId: z.uuid(),
  connectionId: z.uuid(),
  platform: platformIdSchema,
  /** The platform's own id of the conversation; the token's scope. */
  conversationId: z.string().min(1).max(200),
  agentId: z.string().max(200).optional(),
  agentName: z.string().max(200).optional(),
  /** The agent was named by an address or a host page, and no platform has confirmed it. */
  claimed: z.boolean(),
  /** Which embed token the session began with; once another one is in its place, the session is not renewed. */
  embedKey: z.string().max(100).optional(),
  /** The organization that the connection was bound to; an admin may bind it to another while a shift goes on. */
  organizationId: z.string().max(200).optional(),
});
export type WidgetClaims = z.output<typeof widgetClaimsSchema>;

export type WidgetToken = {
  claims: WidgetClaims;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** When the first token of this chain of renewals was made. */
  firstAt: number;
};

const payloadSchema = widgetClaimsSchema.extend({ exp: z.number(), first: z.number() });

export type WidgetTokens = {
  mint(claims: WidgetClaims): Promise<string>;
  /** Throws `unauthenticated`, with one sentence for every cause. */
  verify(token: string): Promise<WidgetToken>;
  /** The same claims, five minutes more. Throws like `verify`, and where a shift has passed. */
  renew(token: string): Promise<{ token: string; claims: WidgetClaims }>;
};

/** Tokens signed with HS256; every process that makes or checks them shares the secret. */
export function createWidgetTokens(secret: string, clock: Clock): WidgetTokens {
  const key = new TextEncoder().encode(secret);

  const sign = (claims: WidgetClaims, firstSeconds: number, nowSeconds: number) =>
    new SignJWT({ ...claims, first: firstSeconds })
      .setProtectedHeader({ alg: "HS256" })
      .setAudience(AUDIENCE)
      .setIssuedAt(nowSeconds)
      .setExpirationTime(nowSeconds + TOKEN_LIFETIME_SECONDS)
      .sign(key);

  const verify = async (token: string): Promise<WidgetToken> => {
    try {
      const { payload } = await jwtVerify(token, key, {
        audience: AUDIENCE,
        algorithms: ["HS256"],
        currentDate: new Date(clock()),
      });
      const { exp, first, ...claims } = payloadSchema.parse(payload);
      return { claims, expiresAt: exp * 1000, firstAt: first * 1000 };
    } catch (cause) {
      throw new AppError("unauthenticated", "This widget session is not valid any more.", { cause });
    }
  };

  const nowSeconds = () => Math.floor(clock() / 1000);
  return {
    mint: (claims) => sign(claims, nowSeconds(), nowSeconds()),
    verify,
    renew: async (token) => {
      const { claims, firstAt } = await verify(token);
      if (clock() - firstAt > RENEWABLE_SECONDS * 1000)
        throw new AppError("unauthenticated", "This widget session is not valid any more.");
      return { token: await sign(claims, firstAt / 1000, nowSeconds()), claims };
    },
  };
}
