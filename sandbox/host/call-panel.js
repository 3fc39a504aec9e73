import { startMicrophone } from "./microphone.js";

const POLL_MS = 500;
const STATES = {
  ringing: "Ringing",
  dialling: "Connecting to the server",
  streaming: "On the call",
  paused: "Paused",
  ended: "Ended",
};

/** The call's state and controls. What the caller says is the widget's to show. */
export function openCallPanel({ path, conversation, work, openWidget, api, notify }) {
  const node = document.getElementById("call-template").content.cloneNode(true);
  const part = (role) => node.querySelector(`[data-role="${role}"]`);
  const parts = Object.fromEntries(
    ["dot", "state", "elapsed", "total", "progress", "pause", "listen", "hangup", "hint", "microphone"]
      .concat(["violations", "violation-list"])
      .map((role) => [role, part(role)]),
  );
  work.replaceChildren(node);
  const live = conversation.source === "microphone";
  parts.microphone.hidden = !live;
  parts.listen.hidden = live;
  parts.audio = new Audio();
  parts.audio.preload = "none";
  parts.audio.src = `${path}/audio`;
  let view = conversation;

  const act = async (action) => {
    try {
      view = await api(`${path}/${action}`, "POST");
      render(parts, view);
    } catch (error) {
      notify(error.message);
    }
  };
  const answer = () => view.state === "ringing" && !live && act("answer");

  openWidget(conversation, { onReady: answer, onSilent: answer });
  parts.pause.addEventListener("click", () => act(view.pausedBy.includes("client") ? "resume" : "pause"));
  parts.hangup.addEventListener("click", () => act("hangup"));
  parts.listen.addEventListener("click", () => toggleListening(parts));
  parts.microphone.addEventListener("click", async () => {
    parts.microphone.disabled = true;
    try {
      await startMicrophone(`${path}/microphone`);
    } catch (error) {
      parts.microphone.disabled = false;
      notify(error.message);
    }
  });

  const poll = async () => {
    try {
      view = await api(path);
      render(parts, view);
      follow(parts, view);
    } catch (error) {
      notify(error.message);
    }
    if (view.state !== "ended") setTimeout(poll, POLL_MS);
  };
  render(parts, view);
  void poll();
}

function render(parts, view) {
  const failed = view.state === "ended" && view.outcome !== "completed";
  parts.dot.className = `dot ${failed ? "failed" : view.state}`;
  parts.state.textContent = view.pausedBy.length > 0 ? `Paused by the ${pausers(view)}` : STATES[view.state];
  parts.elapsed.textContent = clock(view.elapsedMs);
  parts.total.textContent = view.totalMs ? ` / ${clock(view.totalMs)}` : "";
  parts.progress.hidden = !view.totalMs;
  parts.progress.value = view.totalMs ? view.elapsedMs / view.totalMs : 0;
  parts.pause.disabled = !["streaming", "paused"].includes(view.state);
  parts.pause.textContent = view.pausedBy.includes("client") ? "Resume" : "Pause";
  parts.hangup.disabled = view.state === "ended";
  parts.listen.disabled = view.state === "ended";
  parts.hint.textContent = hint(view);
  parts.hint.classList.toggle("failed", failed);
  parts.violations.hidden = view.violations.length === 0;
  parts["violation-list"].replaceChildren(
    ...view.violations.map(({ code, message }) => {
      const item = document.createElement("li");
      item.textContent = `${code}: ${message}`;
      return item;
    }),
  );
}

function pausers(view) {
  return view.pausedBy.map((side) => (side === "client" ? "platform" : "server")).join(" and the ");
}

function hint(view) {
  if (view.detail) return view.detail;
  if (view.state === "ringing") {
    return view.source === "microphone"
      ? "The call begins when the microphone is on. Speak as the customer."
      : "The call begins as soon as the widget is there.";
  }
  return view.openedAfterMs === undefined
    ? ""
    : `The server opened the call after ${Math.round(view.openedAfterMs)} ms.`;
}

/** Plays along in the browser; the call itself does not depend on it. */
function toggleListening({ audio, listen }) {
  const on = listen.getAttribute("aria-pressed") !== "true";
  listen.setAttribute("aria-pressed", String(on));
  if (!on) audio.pause();
}

const MAX_DRIFT_SECONDS = 0.7;

function follow({ audio, listen }, view) {
  const play = listen.getAttribute("aria-pressed") === "true" && view.state === "streaming";
  if (!play) {
    audio.pause();
    return;
  }
  const at = view.elapsedMs / 1000;
  if (Math.abs(audio.currentTime - at) > MAX_DRIFT_SECONDS) audio.currentTime = at;
  if (audio.paused) audio.play().catch(() => listen.setAttribute("aria-pressed", "false"));
}

function clock(ms) {
  const seconds = Math.floor(ms / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}
