import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import * as z from "zod";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import { seal, unseal } from "#/lib/crypto/seal.ts";

/** For a person to find a password and a second factor. */
export const FLOW_SECONDS = 600;
/** For the widget to fetch what came of it, a typed code included. */
export const RESULT_SECONDS = 60;
const MOST_TRIES = 5;

const placeSchema = z.object({ tenantId: z.uuid(), connectionId: z.uuid() });
export type SignInPlace = z.output<typeof placeSchema>;

const flowSchema = z.object({
  verifier: z.string(),
  redirectUri: z.string(),
  mode: z.enum(["popup", "redirect"]),
  /** Hash of what the widget asks with. */
  ticketHash: z.string(),
  /** Redirect only: hash of what the leaving frame keeps for itself. */
  keeperHash: z.string().optional(),
  parameters: z.record(z.string(), z.string()),
});
export type SignInFlow = z.output<typeof flowSchema>;

const named = z.object({ id: z.string(), name: z.string().optional() });
const resultSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("pending") }),
  z.object({ state: z.literal("failed"), reason: z.string() }),
  z.object({
    state: z.literal("ready"),
    /** Hash of the word that proves it is the same browser which came back from the platform. */
    proofHash: z.string(),
    accessToken: z.string(),
    expiresAt: z.number(),
    user: named,
    organization: named,
    organizationConfirmed: z.boolean(),
  }),
]);
export type SignInResult = z.output<typeof resultSchema>;

const entrySchema = placeSchema.extend({ sealed: z.string() });

export const hashOf = (secret: string) => createHash("sha256").update(secret).digest("base64url");
const flowKey = (state: string) => `widget-sign-in:flow:${hashOf(state)}`;
const resultKey = (ticketHash: string) => `widget-sign-in:result:${ticketHash}`;
const triesKey = (ticketHash: string) => `widget-sign-in:tries:${ticketHash}`;

/** What a wiped Redis forgets: then the agent is asked to sign in again, and nothing else is lost. */
export type SignInStore = {
  begin(state: string, place: SignInPlace, flow: SignInFlow): Promise<void>;
  /** Once: a second return with the same state finds nothing. */
  takeFlow(state: string): Promise<{ place: SignInPlace; flow: SignInFlow } | undefined>;
  settle(ticketHash: string, place: SignInPlace, result: SignInResult): Promise<void>;
  read(ticketHash: string): Promise<{ place: SignInPlace; result: SignInResult } | undefined>;
  /** True for one caller only; whoever comes second gets nothing. */
  take(ticketHash: string): Promise<boolean>;
  /** Counts a wrong word; the result is gone after a few. */
  wrongProof(ticketHash: string): Promise<void>;
};

export function createSignInStore(redis: Redis, ring: KeyRing): SignInStore {
  const close = (place: SignInPlace, value: SignInFlow | SignInResult) =>
    JSON.stringify({ ...place, sealed: seal(JSON.stringify(value), sealedPlace(place), ring) });
  const open = <S extends z.ZodType>(stored: string | null, schema: S) => {
    if (stored === null) return undefined;
    const { sealed, ...place } = entrySchema.parse(JSON.parse(stored));
    return { place, value: schema.parse(JSON.parse(unseal(sealed, sealedPlace(place), ring))) };
  };

  return {
    begin: async (state, place, flow) => {
      await redis
        .multi()
        .set(flowKey(state), close(place, flow), "EX", FLOW_SECONDS)
        .set(resultKey(flow.ticketHash), close(place, { state: "pending" }), "EX", FLOW_SECONDS)
        .exec();
    },
    takeFlow: async (state) => {
      const found = open(await redis.getdel(flowKey(state)), flowSchema);
      return found && { place: found.place, flow: found.value };
    },
    settle: async (ticketHash, place, result) => {
      await redis.set(resultKey(ticketHash), close(place, result), "EX", RESULT_SECONDS);
    },
    read: async (ticketHash) => {
      const found = open(await redis.get(resultKey(ticketHash)), resultSchema);
      return found && { place: found.place, result: found.value };
    },
    take: async (ticketHash) => (await redis.del(resultKey(ticketHash))) === 1,
    wrongProof: async (ticketHash) => {
      const [[, tries] = [null, 0]] = (await redis
        .multi()
        .incr(triesKey(ticketHash))
        .expire(triesKey(ticketHash), FLOW_SECONDS)
        .exec()) ?? [[null, 0]];
      if (Number(tries) >= MOST_TRIES) await redis.del(resultKey(ticketHash));
    },
  };
}

const sealedPlace = ({ tenantId, connectionId }: SignInPlace) => ({
  tenantId,
  ownerId: connectionId,
  field: "widgetSignIn",
});
