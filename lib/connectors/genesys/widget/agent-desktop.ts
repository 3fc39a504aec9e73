/**
 * The few calls of the platform's client app SDK (2.6.10) that a widget needs, in its own protocol. The package itself
 * would bring five hundred lines of lock file, monitoring clients among them, for these messages to the parent window.
 */
const PROTOCOL = {
  protocol: "purecloud-client-apps",
  protocolAgentName: "purecloud-client-app-sdk",
  protocolAgentVersion: "2.6.10",
};

export type AgentDesktop = {
  /** Puts text at the cursor of the agent's reply box; the platform does it only while that conversation is in sight. */
  propose(text: string): void;
  /** Answers the desktop's life cycle, where the integration has it switched on; the answer stops it. */
  live(): () => void;
};

/** Its answer to each hook that waits for one (contract section 6). */
const ANSWERS: Readonly<Record<string, string>> = { bootstrap: "bootstrapped", stop: "stopped" };

/** Undefined without a desktop around us that may hear what we say. */
export function agentDesktop(page: Window, host: string | undefined): AgentDesktop | undefined {
  if (page.parent === page || !host) return undefined;
  const say = (action: string, payload: object = {}) =>
    page.parent.postMessage({ ...payload, action, ...PROTOCOL }, host);
  return {
    propose: (message) => say("proposeInteractionMessage", { mode: "insert", message }),
    live: () => {
      const hear = ({ source, origin, data }: MessageEvent) => {
        if (source !== page.parent || origin !== host || data?.purecloudEventType !== "appLifecycleHook")
          return;
        const answer = ANSWERS[String(data.hook)];
        if (answer) say(answer);
      };
      page.addEventListener("message", hear);
      return () => page.removeEventListener("message", hear);
    },
  };
}
