const HERE = "http://here.invalid";

/**
 * Where to go after sign-in: a path of this site, or `fallback`. Anything that a browser could read
 * as another site's address (`//evil`, `/\evil`, `https:`) is refused.
 */
export function sameOriginPath(wanted: unknown, fallback = "/"): string {
  if (typeof wanted !== "string" || !wanted.startsWith("/") || /[\\\p{Cc}]/u.test(wanted)) return fallback;
  if (!URL.canParse(wanted, HERE)) return fallback;
  const url = new URL(wanted, HERE);
  const loops = url.pathname === "/sign-in" || url.pathname.startsWith("/api/");
  return url.origin === HERE && !loops ? `${url.pathname}${url.search}${url.hash}` : fallback;
}
