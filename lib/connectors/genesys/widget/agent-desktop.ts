/**
 * The few calls of the platform's client app SDK (2.6.10) that a widget needs, in its own protocol. The package itself
 * would bring five hundred lines of lock file, monitoring clients among them, for one message to the parent window.
 */
const PROTOCOL = {
  protocol: "purecloud-client-apps",
  protocolAgentName: "purecloud-client-app-sdk",
  protocolAgentVersion: "2.6.10",
};

export type AgentDesktop = {
  /** Puts text at the cursor of the agent's reply box; the platform does it only while that conversation is in sight. */
  propose(text: string): void;
};

/** Undefined without a desktop around us that may hear what we say. */
export function agentDesktop(page: Window, host: string | undefined): AgentDesktop | undefined {
  if (page.parent === page || !host) return undefined;
  return {
    propose: (message) =>
      page.parent.postMessage(
        { ...PROTOCOL, action: "proposeInteractionMessage", mode: "insert", message },
        host,
      ),
  };
}
