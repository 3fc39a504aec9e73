const byId = (id) => document.getElementById(id);
let conversation;

/** The page's own door to the project; no other page can send this header. */
async function api(path, body) {
  const response = await fetch(`/desk/api${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { "x-sandbox-desk": "1", "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error?.message ?? `The sandbox answered ${response.status}.`);
  return answer;
}

function notice(text) {
  byId("notice").textContent = text;
  byId("notice").hidden = text === "";
}

const guarded = (run) => (event) => {
  event?.preventDefault();
  notice("");
  run().catch((error) => notice(error.message));
};

function showLine({ role, content }) {
  const line = document.createElement("li");
  line.className = role;
  line.textContent = `${role === "END_USER" ? "Customer" : "Agent"}: ${content}`;
  byId("lines").append(line);
  line.scrollIntoView();
}

/** The widget learns its conversation from the address, as in a tenant's own page. */
function frameWidget(id) {
  const address = new URL(byId("widget").value);
  address.searchParams.set("conversationId", id);
  const frame = document.createElement("iframe");
  frame.title = "Agent Assist";
  frame.allow = "clipboard-write";
  frame.src = address.href;
  byId("frame").replaceChildren(frame);
}

/** A widget without a sign-in asks the page around it, once it listens. */
window.addEventListener("message", ({ data, source }) => {
  const frame = document.querySelector("iframe");
  if (!conversation || source !== frame?.contentWindow || data?.type !== "omnibots.ready") return;
  const agent = { id: "kim@acme.example", name: "Kim Larsen" };
  const context = { type: "omnibots.context", conversationId: conversation, agent };
  source.postMessage(context, new URL(frame.src).origin);
});

async function start() {
  const phone = byId("spoken").checked;
  const begun = await api("/conversations", { profileId: byId("profile").value, phone });
  conversation = begun.name.split("/").at(-1);
  byId("lines").replaceChildren();
  frameWidget(conversation);
}

async function say() {
  if (!conversation) await start();
  const text = byId("text").value.trim();
  if (text === "") return;
  const body = { role: byId("role").value, text, spoken: byId("spoken").checked };
  byId("text").value = "";
  showLine(await api(`/conversations/${conversation}/say`, body));
}

const SUGGESTION = {
  suggestFaqAnswersResponse: {
    faqAnswers: [
      {
        question: "How do I get an invoice?",
        answer: "Send it from Billing > Invoices with one click.",
        confidence: 0.88,
        source: "https://help.acme.example/invoices",
      },
    ],
  },
};

byId("start").addEventListener("click", guarded(start));
byId("say").addEventListener("submit", guarded(say));
byId("suggest").addEventListener(
  "click",
  guarded(() => api(`/conversations/${conversation}/suggest`, { suggestionResults: [SUGGESTION] })),
);
byId("finish").addEventListener(
  "click",
  guarded(() => api(`/conversations/${conversation}/finish`, {})),
);

guarded(async () => {
  const [{ widgetUrl }, profiles] = await Promise.all([api("/start"), api("/profiles")]);
  byId("widget").value = localStorage.getItem("widget") || widgetUrl;
  byId("widget").addEventListener("change", () => localStorage.setItem("widget", byId("widget").value));
  for (const { id, displayName } of profiles) byId("profile").append(new Option(displayName, id));
})();
