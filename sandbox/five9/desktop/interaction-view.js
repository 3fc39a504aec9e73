const $ = (id) => document.getElementById(id);

const WORDS = {
  offered: "offered",
  talking: "live",
  held: "on hold",
  ended: "ended, to be wrapped up",
  finished: "finished",
};
let shown = { id: undefined, messages: 0 };

/** The interaction in the middle of the page; answers the messages that were not there before. */
export function showInteraction({ id, kind, skillName, state, messages, startedAt }, streamed) {
  if (shown.id !== id) {
    shown = { id, messages: 0 };
    $("messages").replaceChildren();
    $("log").hidden = true;
  }
  const over = state === "ended" || state === "finished";
  $("nothing").hidden = true;
  $("head").hidden = false;
  $("state").querySelector("strong").textContent = `${kind === "call" ? "Call" : "Chat"}, ${skillName}`;
  $("state").querySelector("small").textContent = `${WORDS[state]} · ${id}`;
  $("state").classList.toggle("is-live", state === "talking");
  $("hold").hidden = kind !== "call" || state !== "talking";
  $("resume").hidden = state !== "held";
  $("end").hidden = over;
  $("messages").hidden = kind !== "chat";
  $("write").hidden = kind !== "chat" || over;
  $("customer").hidden = kind !== "chat" || over;
  $("finish").hidden = state !== "ended";
  $("on-the-call").hidden = kind !== "call";
  showCall({ state, startedAt, over, streamed });
  const fresh = messages.slice(shown.messages);
  for (const message of fresh) addLine(message);
  shown.messages = messages.length;
  return fresh;
}

function showCall({ state, startedAt, over, streamed }) {
  const seconds = Math.max(0, Math.floor((Date.now() - startedAt) / 1000));
  const clock = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  $("clock").textContent = over ? "The call is over" : state === "held" ? "On hold" : clock;
  $("call-hint").textContent = over
    ? "Choose a disposition and save it: the summary goes into the log then, where the connection says so."
    : streamed
      ? "Both legs are streamed to Agent Assist. What is said and what answers it stands in the widget."
      : "Nothing is streamed: the widget follows the call by the toolkit, without its words.";
}

function addLine({ from, text }) {
  const line = document.createElement("li");
  const who = document.createElement("small");
  who.textContent = from === "customer" ? "Customer" : "You";
  line.className = from;
  line.append(who, text);
  $("messages").append(line);
  line.scrollIntoView();
}

export function showLog(saved) {
  $("log").hidden = false;
  $("log").textContent = Object.entries(saved)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}
