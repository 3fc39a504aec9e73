import { badRequest } from "../api-error.ts";
import type { ClientRecord, UserRecord } from "../demo-organization.ts";
import type { World } from "../world.ts";
import { type ApiReply, type ApiRequest, type Endpoint, pathPattern } from "./endpoint.ts";
import { loginPage, messagePage } from "./login-page.ts";

const COOKIE = "gc_session";
const CHALLENGE = /^[\w-]{43}$/;

/** The login host: a page for people, then back to the registered address with a code or an error. */
export function loginEndpoints(world: World): Endpoint[] {
  const path = pathPattern("/oauth/authorize");
  return [
    { method: "GET", path, access: "public", answer: (request) => authorize(request, world) },
    { method: "POST", path, access: "public", answer: (request) => decide(request, world) },
    {
      method: "GET",
      path: pathPattern("/logout"),
      access: "public",
      answer: (request) => logOut(request, world),
    },
  ];
}

type Asked = { client: ClientRecord; redirectUri: string; challenge: string; state: string | null };

/** What is wrong before the redirect address is trusted is told to the person, never to that address. */
function readRequest({ url }: ApiRequest, world: World): Asked | ApiReply {
  const query = url.searchParams;
  const client = world.directory.client(query.get("client_id") ?? "");
  if (client?.grant !== "CODE" || client.state !== "active") {
    return problem("This application is not known here, or it is disabled.", world);
  }
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!client.redirectUris.includes(redirectUri)) {
    return problem(`The redirect address ${redirectUri} is not registered with the application.`, world);
  }
  const asked = {
    client,
    redirectUri,
    challenge: query.get("code_challenge") ?? "",
    state: query.get("state"),
  };
  if (query.get("response_type") !== "code") return back(asked, { error: "unsupported_response_type" });
  if (query.get("code_challenge_method") !== "S256" || !CHALLENGE.test(asked.challenge)) {
    return back(asked, {
      error: "invalid_request",
      error_description: "A code_challenge with method S256 is required.",
    });
  }
  return asked;
}

function authorize(request: ApiRequest, world: World): ApiReply {
  const asked = readRequest(request, world);
  if (!("client" in asked)) return asked;
  const prompt = request.url.searchParams.get("prompt");
  const signedIn = world.directory.userBy(cookieOf(request) ?? "");
  if (signedIn && prompt !== "login") return withCode(asked, signedIn, world);
  if (prompt === "none") return back(asked, { error: "login_required" });
  return page(loginView(request, world), world);
}

function decide(request: ApiRequest, world: World): ApiReply {
  const asked = readRequest(request, world);
  if (!("client" in asked)) return asked;
  const form = new URLSearchParams(request.body instanceof URLSearchParams ? request.body : undefined);
  if (form.get("decision") === "deny") {
    return back(asked, {
      error: "access_denied",
      error_description: "The resource owner denied the request.",
    });
  }
  const named = form.get("email")?.trim() || form.get("user") || "";
  const user = world.directory.userBy(named);
  if (!user) return page(loginView(request, world, `Nobody here is called "${named}".`), world, 401);
  const reply = withCode(asked, user, world);
  if (!form.has("stay")) return reply;
  const cookie = `${COOKIE}=${user.id}; Path=/; HttpOnly; SameSite=Lax`;
  return { ...reply, headers: { ...reply.headers, "set-cookie": cookie } };
}

function logOut({ url }: ApiRequest, world: World): ApiReply {
  const client = world.directory.client(url.searchParams.get("client_id") ?? "");
  const redirectUri = url.searchParams.get("redirect_uri") ?? "";
  const cookie = { "set-cookie": `${COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax` };
  if (!client?.redirectUris.includes(redirectUri)) {
    const left = page(messagePage("Signed out", "You are signed out."), world);
    return { ...left, headers: { ...left.headers, ...cookie } };
  }
  return { status: 302, headers: { location: redirectUri, ...cookie } };
}

function withCode(asked: Asked, user: UserRecord, world: World): ApiReply {
  const { client, redirectUri, challenge } = asked;
  const code = world.tokens.giveCode({ clientId: client.id, redirectUri, challenge }, user);
  return back(asked, { code });
}

function back({ redirectUri, state }: Asked, parameters: Record<string, string>): ApiReply {
  const target = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
  if (state !== null) target.searchParams.set("state", state);
  return { status: 302, headers: { location: target.href } };
}

function loginView(request: ApiRequest, world: World, error?: string): string {
  const client = world.directory.client(request.url.searchParams.get("client_id") ?? "");
  if (!client) throw badRequest("client_id is missing.");
  return loginPage({
    application: client.name,
    hint: world.directory.userBy(request.url.searchParams.get("login_hint") ?? "")?.id,
    organizations: world.directory.organizations().map(({ id, name }) => ({
      name,
      users: world.directory.users(id),
    })),
    error,
  });
}

function problem(text: string, world: World): ApiReply {
  return page(messagePage("Sign-in is not possible", text), world, 400);
}

function page(html: string, { settings }: World, status = 200): ApiReply {
  return {
    status,
    body: Buffer.from(html),
    headers: {
      "content-type": "text/html; charset=utf-8",
      ...(settings.loginFraming === "deny" && {
        "x-frame-options": "DENY",
        "content-security-policy": "frame-ancestors 'none'",
      }),
    },
  };
}

function cookieOf({ raw }: ApiRequest): string | undefined {
  return new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(raw.headers.cookie ?? "")?.[1];
}
