/** Agent Workspace as one page: offers interactions, frames the widget and speaks the partner protocol with it. */
export function workspacePage(tenant: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Agent Workspace of ${escaped(tenant)}</title>
<style>
  :root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
  body { margin: 0; display: grid; grid-template-columns: 22rem 1fr; min-height: 100vh; }
  main { padding: 1rem; display: flex; flex-direction: column; gap: .75rem; }
  label { display: grid; gap: .25rem; }
  input, select, button { font: inherit; padding: .4rem .6rem; }
  #log { overflow: auto; max-height: 16rem; font-family: ui-monospace, monospace; font-size: 12px; white-space: pre-wrap; }
  iframe { border: 0; width: 100%; height: 100vh; background: Canvas; }
  @media (max-width: 50rem) { body { grid-template-columns: 1fr; } iframe { height: 70vh; } }
</style>
</head>
<body>
<main>
  <h1>Agent Workspace</h1>
  <label>Widget address <input id="address" type="url" autocomplete="off"></label>
  <label>Agent id <input id="agent" value="agCHmXFoTuRaI5XyfBbLLg"></label>
  <label>Opened with
    <select id="by"><option value="aid">aid (the agent)</option><option value="iid">iid (the interaction)</option></select>
  </label>
  <label>Language <select id="locale"><option>en-US</option><option>es-ES</option></select></label>
  <label>Theme <select id="theme"><option>light</option><option>dark</option></select></label>
  <label>Media <select id="media"><option value="phone">phone</option><option value="chat">chat</option></select></label>
  <button id="accept" type="button">Accept an interaction</button>
  <button id="finish" type="button" disabled>End it</button>
  <label>Customer writes <input id="said"></label>
  <button id="say" type="button" disabled>Send as the customer</button>
  <p id="inserted" role="status"></p>
  <div id="log" aria-label="Partner protocol"></div>
</main>
<iframe id="widget" title="Partner integration"></iframe>
<script type="module" src="/workspace.js"></script>
</body>
</html>`;
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
