const byId = (id) => document.getElementById(id);
const given = new URLSearchParams(location.search);
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
  run(event).catch((error) => notice(error.message));
};

const isCall = () => byId("medium").value === "call";

function showState(word) {
  const over = word === "finished";
  const profile = byId("profile").selectedOptions[0]?.textContent ?? "";
  for (const id of ["head", "lines"]) byId(id).hidden = false;
  for (const id of ["answer", "customer", "assist", "finish"]) byId(id).hidden = over;
  byId("nothing").hidden = true;
  byId("state").querySelector("strong").textContent = `${isCall() ? "Call" : "Chat"}, ${profile}`;
  byId("state").querySelector("small").textContent = `${word} · ${conversation}`;
  byId("state").classList.toggle("is-live", !over);
  byId("customer-label").textContent = isCall() ? "Customer says" : "Customer writes";
  byId("answer-label").textContent = isCall() ? "You say" : "Your message";
}

function showLine({ role, content }) {
  const line = document.createElement("li");
  const who = document.createElement("small");
  who.textContent = role === "END_USER" ? "Customer" : "You";
  line.className = role === "END_USER" ? "customer" : "agent";
  line.append(who, content);
  byId("lines").append(line);
  line.scrollIntoView();
}

/** The widget learns its conversation from the address, as in a tenant's own page. */
function frameWidget(id) {
  const address = new URL(byId("widget").value);
  address.searchParams.set("conversationId", id);
  const frame = document.createElement("iframe");
  frame.title = "OmniBots Agent Assist";
  frame.allow = "clipboard-write";
  frame.src = address.href;
  byId("no-widget").hidden = true;
  byId("frame").hidden = false;
  byId("frame").replaceChildren(frame);
}

/** A widget without a sign-in asks the page around it, once it listens; what it proposes stands in the reply box. */
window.addEventListener("message", ({ data, source }) => {
  const frame = document.querySelector("iframe");
  if (!conversation || source !== frame?.contentWindow) return;
  if (data?.type === "omnibots.insert" && typeof data.text === "string") byId("text").value = data.text;
  if (data?.type !== "omnibots.ready") return;
  const agent = { id: "kim@acme.example", name: "Kim Larsen" };
  const context = { type: "omnibots.context", conversationId: conversation, agent };
  source.postMessage(context, new URL(frame.src).origin);
});

async function start() {
  const begun = await api("/conversations", { profileId: byId("profile").value, phone: isCall() });
  conversation = begun.name.split("/").at(-1);
  byId("lines").replaceChildren();
  showState("live");
  frameWidget(conversation);
}

async function say(role, field) {
  const text = byId(field).value.trim();
  if (text === "") return;
  byId(field).value = "";
  showLine(await api(`/conversations/${conversation}/say`, { role, text, spoken: isCall() }));
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

const on = (id, type, run) => byId(id).addEventListener(type, guarded(run));
on("start", "click", start);
on("customer", "submit", () => say("END_USER", "customer-text"));
on("answer", "submit", () => say("HUMAN_AGENT", "text"));
on("suggest", "click", () =>
  api(`/conversations/${conversation}/suggest`, { suggestionResults: [SUGGESTION] }),
);
on("finish", "click", async () => {
  await api(`/conversations/${conversation}/finish`, {});
  showState("finished");
});
byId("open-setup").addEventListener("click", ({ currentTarget }) => {
  const { hidden } = byId("setup");
  byId("setup").hidden = !hidden;
  currentTarget.setAttribute("aria-expanded", String(hidden));
});

guarded(async () => {
  const { widgetUrl, project, key } = await api("/start");
  byId("widget").value = given.get("widget") ?? (localStorage.getItem("widget") || widgetUrl);
  byId("widget").addEventListener("change", () => localStorage.setItem("widget", byId("widget").value));
  for (const { id, displayName } of project.profiles) byId("profile").append(new Option(displayName, id));
  byId("project").value = project.projectId;
  byId("location").value = project.location;
  byId("topic").value = project.topic.split("/").at(-1);
  byId("dialogflow-agent").value = project.dialogflowAgent;
  byId("client-id").value = project.oauthClient.id;
  byId("client-secret").value = project.oauthClient.secret;
  byId("domain").value = project.domain;
  byId("key").value = JSON.stringify(key, undefined, 2);
})();
