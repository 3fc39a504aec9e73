import type { Homecoming } from "./widget-sign-in.ts";

type Page = Exclude<Homecoming, { kind: "frame" }>;

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

const STYLE = `
:root { color-scheme: light dark; --ground: #fafbfc; --text: #1d222c; --muted: #565e6e; --line: #d9dde4; --plate: #fff }
@media (prefers-color-scheme: dark) { :root { --ground: #111419; --text: #e8eaee; --muted: #a3abb8; --line: #3a414c; --plate: #191d24 } }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; background: var(--ground); color: var(--text); font: 14px/1.5 system-ui, sans-serif }
main { max-width: 22rem; padding: 1.5rem; text-align: center }
h1 { font-size: 16px; margin: 0 0 .25rem }
p { margin: 0; color: var(--muted) }
output { display: inline-block; margin: .75rem 0; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: 6px; background: var(--plate); color: var(--text); font: 600 20px/1 ui-monospace, monospace; letter-spacing: .12em }
[hidden] { display: none }
`;

/**
 * Hands the word to the widget that opened this window: only a page of our own origin hears it. A login that
 * cut the two windows apart (its opener policy) leaves the agent to type it.
 */
const handOver = (code: string) => `
const tell = () => { document.getElementById("done").hidden = true; document.getElementById("type").hidden = false };
if (window.opener) {
  try { window.opener.postMessage({ type: "omnibots.signed-in", code: ${JSON.stringify(code)} }, location.origin) } catch {}
  setTimeout(tell, 2500);
} else tell();
history.replaceState(null, "", location.pathname);
`;

const CLOSE_SOON = `
if (window.opener) {
  try { window.opener.postMessage({ type: "omnibots.sign-in-failed" }, location.origin) } catch {}
}
history.replaceState(null, "", location.pathname);
`;

/** What the window shows that comes back from the platform's login. */
export function callbackPage(page: Page, nonce: string): string {
  const { title, body, script } = contentOf(page);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><main>${body}</main><script nonce="${escaped(nonce)}">${script}</script></body></html>`;
}

function contentOf(page: Page): { title: string; body: string; script: string } {
  if (page.kind === "popup") {
    const who = page.name ? `Signed in as ${page.name}` : "Signed in";
    const grouped = `${page.code.slice(0, 4)}-${page.code.slice(4)}`;
    return {
      title: who,
      body: `<h1>${escaped(who)}</h1>
<div id="done" role="status"><p>You can close this window.</p></div>
<div id="type" role="status" hidden><p>Your browser keeps this window apart from the widget. Type this code there within a minute:</p>
<output>${escaped(grouped)}</output><p>Give it to nobody. Then close this window.</p></div>`,
      script: handOver(page.code),
    };
  }
  const reason =
    page.kind === "popup-failed"
      ? page.reason
      : "This sign-in was completed already, took too long, or was begun elsewhere.";
  const hint = "Close this window, go back to the widget and choose Sign in again.";
  return {
    title: "Not signed in",
    body: `<div role="alert"><h1>Not signed in</h1><p>${escaped(reason)}</p></div><p>${hint}</p>`,
    script: CLOSE_SOON,
  };
}
