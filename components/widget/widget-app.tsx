"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { ConversationScreen } from "./conversation-screen.tsx";
import { isAllowedOrigin, parentOrigin } from "./frame-origin.ts";
import { type HostPageProvider, hostPageProvider } from "./host-page-provider.ts";
import { takeWidgetAddress } from "./widget-address.ts";
import { startWidget, type WidgetController, type WidgetState } from "./widget-controller.ts";
import { WidgetMessage, WidgetProblem } from "./widget-message.tsx";

type WidgetAppProps = {
  platform: PlatformId;
  /** The connection's public id. */
  connection: string;
  /** Origins that may frame this widget, as its page's policy names them. */
  allowedOrigins: readonly string[];
};

type Started =
  | { controller: WidgetController; provider: HostPageProvider }
  | { problem: "no-token" }
  | { problem: "wrong-parent"; origin: string };

const NOTHING: WidgetState = {};
const never = () => () => {};

/** The widget: an agent's view of the conversation that the desktop around it shows. */
export function WidgetApp({ platform, connection, allowedOrigins }: WidgetAppProps) {
  const [started, setStarted] = useState<Started>();
  useEffect(() => {
    const start = (): Started => {
      const address = takeWidgetAddress(window);
      const parent = parentOrigin(window);
      if (parent && !isAllowedOrigin(parent, allowedOrigins))
        return { problem: "wrong-parent", origin: parent };
      if (!address.embedToken) return { problem: "no-token" };
      const provider = hostPageProvider(window, allowedOrigins);
      return { controller: startWidget({ platform, connection, address, provider }), provider };
    };
    const made = start();
    setStarted(made);
    return () => ("controller" in made ? made.controller.stop() : undefined);
  }, [platform, connection, allowedOrigins]);

  const controller = started && "controller" in started ? started.controller : undefined;
  const { talk } = useSyncExternalStore(
    controller?.subscribe ?? never,
    controller?.state ?? (() => NOTHING),
    () => NOTHING,
  );

  if (started && "problem" in started)
    return <WidgetProblem kind={started.problem} origin={"origin" in started ? started.origin : undefined} />;
  if (!started || !controller) return <WidgetMessage title="Starting" busy />;
  if (!talk)
    return (
      <WidgetMessage title="Waiting for the conversation to start">
        Suggestions appear here as soon as a call or a chat is open in your desktop.
      </WidgetMessage>
    );
  if (talk.status.state === "refused") return <WidgetProblem kind="refused" />;
  return <ConversationScreen key={talk.conversationId} talk={talk} insert={started.provider.insert} />;
}
