import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "#/lib/web/content-security-policy.ts";
import { frameRuleFor } from "#/lib/web/frame-rules.ts";
import { NONCE_HEADER, PATH_HEADER } from "#/lib/web/request-headers.ts";
import { webEnv } from "#/lib/web/web-env.ts";

const WIDGET_PATH = /^\/widget\/([^/]+)\/([^/]+)/;

/**
 * Sets what a page may load and who may frame it. Only a widget may be framed, and only by the hosts that
 * its connection names; everything else answers `frame-ancestors 'none'`.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const [, platform, publicId] = WIDGET_PATH.exec(pathname) ?? [];
  const rule = platform && publicId ? await frameRuleFor(platform, publicId) : undefined;
  const framed = rule?.ancestors ?? "'none'";
  const env = webEnv();
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy({
    nonce,
    frameAncestors: framed,
    connect: [env.REALTIME_URL, ...(env.SANDBOX === "on" ? [env.SANDBOX_URL] : []), ...(rule?.connect ?? [])],
    development: env.NODE_ENV === "development",
  });

  const headers = new Headers(request.headers);
  headers.set(NONCE_HEADER, nonce);
  headers.set(PATH_HEADER, `${pathname}${search}`);
  // Next reads the nonce for its own scripts from this request header.
  headers.set("content-security-policy", policy);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  // For browsers that do not know frame-ancestors; it has no form that names hosts.
  if (framed === "'none'") response.headers.set("x-frame-options", "DENY");
  return response;
}

export const config = {
  matcher: ["/((?!_next/static|_next/image|icon.svg|marks/).*)"],
};
