import type { UserRecord } from "../demo-organization.ts";

type LoginView = {
  application: string;
  hint?: string;
  organizations: { name: string; users: UserRecord[] }[];
  error?: string;
};

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1b2430, #e7ebf0); --muted: light-dark(#5a6675, #a0acba);
  --paper: light-dark(#ffffff, #1b222b); --ground: light-dark(#e9edf2, #12171d); --line: light-dark(#cfd6de, #36414d);
  --accent: light-dark(#b2450f, #ff9a62); --on-accent: light-dark(#ffffff, #2a1003); --error: light-dark(#a3251f, #f29891); }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 16px; background: var(--ground);
  color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
main { width: min(420px, 100%); background: var(--paper); border: 1px solid var(--line); border-radius: 4px; padding: 24px; }
h1 { font-size: 20px; margin: 0 0 4px; }
p { margin: 0 0 16px; color: var(--muted); }
p[role=alert] { color: var(--error); }
fieldset { border: 0; margin: 0 0 12px; padding: 0; }
legend { padding: 0; margin-bottom: 4px; color: var(--muted); font-size: 13px; }
label { display: flex; gap: 8px; align-items: center; padding: 6px 0; }
label small { color: var(--muted); margin-left: auto; }
label.field { flex-direction: column; align-items: stretch; gap: 4px; }
input[type=text] { font: inherit; color: inherit; padding: 8px; border: 1px solid var(--line); border-radius: 4px; background: var(--ground); }
.buttons { display: flex; gap: 8px; margin-top: 16px; }
button { font: inherit; padding: 8px 16px; border-radius: 4px; border: 1px solid var(--line); background: none; color: inherit; cursor: pointer; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }`;

/** Who signs in is a choice here: the simulator has no passwords. The form answers the very same address. */
export function loginPage({ application, hint, organizations, error }: LoginView): string {
  const groups = organizations.map(
    ({ name, users }) =>
      `<fieldset><legend>${escaped(name)}</legend>${users.map((user) => choice(user, user.id === hint)).join("")}</fieldset>`,
  );
  return document(
    "Sign in",
    `<h1>Sign in</h1>
<p>${escaped(application)} asks for your Genesys Cloud sign-in (sandbox).</p>
${error ? `<p role="alert">${escaped(error)}</p>` : ""}
<form method="post">
${groups.join("\n")}
<label class="field">Or type a mail address or name<input type="text" name="email" autocomplete="username"></label>
<label><input type="checkbox" name="stay"> Stay signed in</label>
<div class="buttons"><button class="primary" name="decision" value="allow">Sign in</button><button name="decision" value="deny">Deny</button></div>
</form>`,
  );
}

export function messagePage(title: string, text: string): string {
  return document(title, `<h1>${escaped(title)}</h1><p role="alert">${escaped(text)}</p>`);
}

function choice({ id, name, email }: UserRecord, checked: boolean): string {
  return `<label><input type="radio" name="user" value="${escaped(id)}"${checked ? " checked" : ""}> ${escaped(name)}<small>${escaped(email)}</small></label>`;
}

function document(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} (Genesys Cloud sandbox)</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><main>${body}</main></body></html>`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
