type Policy = {
  nonce: string;
  /** The value of `frame-ancestors`, ready to use. */
  frameAncestors: string;
  /** Addresses that the browser may talk to beside this origin. */
  connect: readonly string[];
  /** React's development build evaluates strings to rebuild stack traces. */
  development: boolean;
};

/**
 * What a page of ours may load. Scripts run by nonce only and may load further scripts
 * (`strict-dynamic`), which a platform's own SDK in the widget needs; styles may be inline, since
 * Radix and charts place things with style attributes.
 */
export function contentSecurityPolicy({ nonce, frameAncestors, connect, development }: Policy): string {
  const talk = ["'self'", ...connect.flatMap(bothForms)];
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    `connect-src ${[...new Set(talk)].join(" ")}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameSources(frameAncestors)}`,
  ].join("; ");
}

const FRAME_SOURCE = /^(?:'none'|'self'|(?:https?:\/\/)?(?:\*\.)?\w[\w.-]*(?::(?:\d+|\*))?)$/;

/** A tenant types these hosts: whatever is no host is left out, and with none left nobody may frame. */
function frameSources(given: string): string {
  const sources = given.split(/\s+/).filter((source) => FRAME_SOURCE.test(source));
  return sources.length > 0 ? sources.join(" ") : "'none'";
}

/** A service is reached over HTTP and over its WebSocket; a policy counts these as two origins. */
function bothForms(address: string): string[] {
  if (!URL.canParse(address)) return [];
  const url = new URL(address);
  const secure = url.protocol === "https:" || url.protocol === "wss:";
  return secure ? [`https://${url.host}`, `wss://${url.host}`] : [`http://${url.host}`, `ws://${url.host}`];
}
