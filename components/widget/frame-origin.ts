/** Whether an origin is one of those that may frame the widget; `https://*.acme.example` stands for any host below. */
export function isAllowedOrigin(origin: string, allowed: readonly string[]): boolean {
  return allowed.some((rule) => {
    const [scheme, host] = rule.split("://*.");
    if (!host) return rule === origin;
    return origin.startsWith(`${scheme}://`) && origin.endsWith(`.${host}`) && URL.canParse(origin);
  });
}

/** The origin of the page that frames this one; undefined where this page is on its own or the browser hides it. */
export function parentOrigin(page: Window): string | undefined {
  if (page.parent === page) return undefined;
  const [nearest] = page.location.ancestorOrigins ?? [];
  if (nearest) return nearest;
  const { referrer } = page.document;
  return URL.canParse(referrer) ? new URL(referrer).origin : undefined;
}
