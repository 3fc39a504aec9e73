import { SignJWT } from "jose";
import { expect, test } from "vitest";
import { createWidgetTokens, TOKEN_LIFETIME_SECONDS, type WidgetClaims } from "./widget-token.ts";

const SECRET = "a secret of thirty-two characters";
const NOW = Date.UTC(2026, 10, 22, 9);
const CLAIMS: WidgetClaims = {
  tenantId: "6f1c2a52-5d0e-4f0e-8a44-2a4f9a5a0001",
  connectionId: "0b5f6f39-8a5e-4a54-9c0b-0d2f8d6f3a01",
  platform: "genesys",
  conversationId: "conversation-1",
  agentId: "agent-1",
  claimed: true,
};

function tokensAt(start = NOW, secret = SECRET) {
  const time = { now: start };
  return { time, tokens: createWidgetTokens(secret, () => time.now) };
}

test("a token carries its claims back", async () => {
  const { tokens } = tokensAt();
  const { claims, expiresAt } = await tokens.verify(await tokens.mint(CLAIMS));
  expect(claims).toEqual(CLAIMS);
  expect(expiresAt).toBe(NOW + TOKEN_LIFETIME_SECONDS * 1000);
});

test("a token ends after its five minutes", async () => {
  const { tokens, time } = tokensAt();
  const token = await tokens.mint(CLAIMS);
  time.now += TOKEN_LIFETIME_SECONDS * 1000 + 1000;
  await expect(tokens.verify(token)).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a token of another secret, another audience or no signature is refused in the same words", async () => {
  const { tokens } = tokensAt();
  const key = new TextEncoder().encode(SECRET);
  const portal = new SignJWT({ ...CLAIMS, first: NOW / 1000 })
    .setProtectedHeader({ alg: "HS256" })
    .setAudience("portal")
    .setExpirationTime(NOW / 1000 + 60);
  const [head, body] = (await tokens.mint(CLAIMS)).split(".");
  const bad = [
    await tokensAt(NOW, "another secret of thirty-two chars").tokens.mint(CLAIMS),
    await portal.sign(key),
    `${head}.${body}.`,
    `${btoa('{"alg":"none"}').replaceAll("=", "")}.${body}.`,
    "nonsense",
    "",
  ];
  for (const token of bad)
    await expect(tokens.verify(token)).rejects.toThrow("This widget session is not valid any more.");
});

test("renewing keeps the claims and lasts a shift, not for ever", async () => {
  const { tokens, time } = tokensAt();
  let token = await tokens.mint(CLAIMS);
  const renewals = async () => {
    for (let minutes = 0; minutes < 13 * 60; minutes += 4) {
      time.now += 4 * 60_000;
      token = (await tokens.renew(token)).token;
    }
  };
  await expect(renewals()).rejects.toMatchObject({ code: "unauthenticated" });
  expect(time.now - NOW).toBeGreaterThan(12 * 60 * 60_000);
  expect((await tokens.verify(token)).claims).toEqual(CLAIMS);
});
