/** Addresses that are pasted on a platform's side. */

const withoutSlash = (url: string) => url.replace(/\/+$/, "");

export function audiohookAddress(audiohookUrl: string, publicId: string): string {
  return `${withoutSlash(audiohookUrl)}/audiohook/${publicId}`;
}

/** Where a platform's login sends agents back to; registered with the tenant's own OAuth client. */
export function signInCallback(portalUrl: string, platform: string): string {
  return `${withoutSlash(portalUrl)}/widget/${platform}/callback`;
}

/** The embed token stands behind the `#`: a browser keeps that part to itself, so it reaches no log. */
export function widgetAddress(
  portalUrl: string,
  connection: { platform: string; publicId: string; embedToken?: string | undefined },
): string {
  const { platform, publicId, embedToken } = connection;
  const address = `${withoutSlash(portalUrl)}/widget/${platform}/${publicId}`;
  return embedToken ? `${address}#t=${embedToken}` : address;
}
