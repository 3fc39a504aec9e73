import { afterEach, expect, test } from "vitest";
import { clientToken, type TokenCache } from "./client-token.ts";
import { type LocalPlatform, localPlatform, type Reply } from "./test-doubles.ts";

let platform: LocalPlatform;
afterEach(() => platform.close());

async function aLogin(reply: (nth: number) => Reply) {
  platform = await localPlatform((_asked, nth) => reply(nth));
  const { hosts, access } = platform;
  const cache: TokenCache = new Map();
  return (clientSecret = "s-1") => clientToken({ hosts, access, clientId: "id", clientSecret }, cache);
}

const aToken = (nth: number): Reply => ({
  json: { access_token: `token-${nth}`, token_type: "bearer", expires_in: 3_600 },
});

test("the client signs in with its id and secret", async () => {
  const login = await aLogin(aToken);
  expect(await login().get()).toBe("token-1");
  expect(platform.asked[0]).toMatchObject({
    method: "POST",
    path: "/oauth/token",
    body: "grant_type=client_credentials",
  });
  expect(platform.asked[0]?.headers.authorization).toBe(`Basic ${btoa("id:s-1")}`);
});

test("many who want it at once ask once, and whoever comes later has it already", async () => {
  const login = await aLogin(aToken);
  const all = await Promise.all(Array.from({ length: 20 }, () => login().get()));
  expect(new Set([...all, await login().get()])).toEqual(new Set(["token-1"]));
  expect(platform.asked).toHaveLength(1);
});

test("it is renewed five minutes before its end", async () => {
  const login = await aLogin(aToken);
  await login().get();
  platform.clock.now += 3_299_000;
  expect(await login().get()).toBe("token-1");
  platform.clock.now += 1_000;
  expect(await login().get()).toBe("token-2");
});

test("while the login is away, a token that is still good goes on, and an ended one does not", async () => {
  const login = await aLogin((nth) => (nth === 1 ? aToken(1) : { status: 400, json: { error: "busy" } }));
  await login().get();
  platform.clock.now += 3_400_000;
  expect(await login().get()).toBe("token-1");
  platform.clock.now += 200_000;
  await expect(login().get()).rejects.toMatchObject({ code: "upstream_rejected" });
});

test("another secret forgets the token of the old one", async () => {
  const login = await aLogin(aToken);
  await login().get();
  expect(await login("s-2").get()).toBe("token-2");
  expect(await login().get()).toBe("token-3");
});

test("a refused token is asked for anew; one that was replaced already is not", async () => {
  const login = await aLogin(aToken);
  const token = await login().get();
  login().refused(token);
  expect(await login().get()).toBe("token-2");
  login().refused(token);
  expect(await login().get()).toBe("token-2");
});

test("a refusal is told with its code and not kept", async () => {
  const login = await aLogin((nth) =>
    nth === 1
      ? { status: 400, json: { error: "invalid_client", description: "client not found" } }
      : aToken(nth),
  );
  await expect(login().get()).rejects.toMatchObject({
    code: "upstream_rejected",
    context: { status: "400", code: "invalid_client" },
  });
  expect(await login().get()).toBe("token-2");
});

test("one caller's abort does not end the question that others wait for", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  platform = await localPlatform(async (_asked, nth) => promise.then(() => aToken(nth)));
  const { hosts, access } = platform;
  const login = clientToken({ hosts, access, clientId: "id", clientSecret: "s" }, new Map());
  const impatient = new AbortController();
  const gone = login.get(impatient.signal).catch((error: Error) => error.message);
  const patient = login.get();
  impatient.abort(new Error("gone"));
  expect(await gone).toBe("gone");
  resolve();
  expect(await patient).toBe("token-1");
  expect(platform.asked).toHaveLength(1);
});
