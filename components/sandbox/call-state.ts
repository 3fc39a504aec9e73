export type SandboxCallState = {
  state: "ringing" | "dialling" | "streaming" | "paused" | "ended";
  elapsedMs: number;
  totalMs: number | undefined;
  outcome: string | undefined;
  detail: string | undefined;
  /** Rules of the protocol that the server broke. */
  violations: string[];
};

/** What was started from this page; kept for as long as the page is open. */
export type Started = {
  kind: "call" | "chat";
  id: string;
  label: string;
  startedAt: number;
  hostPage: string;
  conversationId: string;
};

export const SOURCES = [
  { value: "demo-1", label: "Demo call 1", hint: "A double charge, a refund, days without internet." },
  { value: "demo-2", label: "Demo call 2", hint: "A phone to send back, a lost parcel, an account." },
  { value: "chat", label: "Demo chat", hint: "You play the customer in a chat box; a script is at hand." },
  {
    value: "upload",
    label: "A recording of yours",
    hint: "A WAV file, mono or stereo, any rate, 8 MB at most.",
  },
  {
    value: "microphone",
    label: "Your microphone",
    hint: "You speak as the customer, on the page that opens.",
  },
] as const;

export type Source = (typeof SOURCES)[number]["value"];
