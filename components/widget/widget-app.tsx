"use client";

import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import type { WidgetSetup } from "#/lib/connectors/widget-sign-in.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { ConversationScreen } from "./conversation-screen.tsx";
import { isAllowedOrigin, parentOrigin } from "./frame-origin.ts";
import type { WordsPack } from "./messages/pack.ts";
import { SignInBar } from "./sign-in-bar.tsx";
import { SignInScreen } from "./sign-in-screen.tsx";
import { BrandingProvider, type WidgetBranding } from "./use-branding.tsx";
import { usePack } from "./use-pack.ts";
import { useWords, WordsProvider } from "./use-words.tsx";
import { takeWidgetAddress } from "./widget-address.ts";
import { startWidget, type WidgetController, type WidgetState } from "./widget-controller.ts";
import { WidgetMessage, WidgetProblem } from "./widget-message.tsx";
import { type WidgetSource, widgetSource } from "./widget-sources.ts";

type WidgetAppProps = {
  branding: WidgetBranding;
  /** In the language that the page was asked for. */
  words: WordsPack;
  platform: PlatformId;
  /** The platform's name. */
  label: string;
  /** The connection's public id. */
  connection: string;
  /** Origins that may frame this widget, as its page's policy names them. */
  allowedOrigins: readonly string[];
  /** What the platform's own provider needs; absent where the page around the frame tells all. */
  setup?: WidgetSetup | undefined;
};

type Running = { controller: WidgetController; source: WidgetSource };
type Started = Running | { problem: "no-token" } | { problem: "wrong-parent"; origin: string };

const NOTHING: WidgetState = {};
const never = () => () => {};

/** The widget: an agent's view of the conversation that the desktop around it shows. */
export function WidgetApp(props: WidgetAppProps) {
  const { pack, speak } = usePack(props.words);
  return (
    <WordsProvider pack={pack}>
      <BrandingProvider branding={props.branding}>
        <Widget {...props} speak={speak} />
      </BrandingProvider>
    </WordsProvider>
  );
}

type WidgetProps = WidgetAppProps & {
  /** Changes the language, where the widget speaks it. */
  speak(tag: string): void;
};

function Widget(props: WidgetProps) {
  const { t } = useWords();
  const started = useStarted(props);
  const controller = started && "controller" in started ? started.controller : undefined;
  const state = useSyncExternalStore(
    controller?.subscribe ?? never,
    controller?.state ?? (() => NOTHING),
    () => NOTHING,
  );

  if (started && "problem" in started)
    return <WidgetProblem kind={started.problem} origin={"origin" in started ? started.origin : undefined} />;
  if (!started) return <WidgetMessage title={t("app.starting")} busy />;
  return <Running {...props} state={state} source={started.source} />;
}

function useStarted({
  platform,
  connection,
  allowedOrigins,
  setup,
  speak,
}: WidgetProps): Started | undefined {
  const [started, setStarted] = useState<Started>();
  useEffect(() => {
    let stopped = false;
    let running: Running | undefined;
    const start = async (): Promise<Started> => {
      const address = takeWidgetAddress(window);
      const parent = parentOrigin(window);
      if (parent && !isAllowedOrigin(parent, allowedOrigins))
        return { problem: "wrong-parent", origin: parent };
      const shown = { platform, connection, setup, address, allowedOrigins };
      const source = await widgetSource(window, shown);
      if (!address.embedToken && !source.provider.openSession) return { problem: "no-token" };
      running = { controller: startWidget({ platform, connection, address, source, speak }), source };
      return running;
    };
    // A turn later: development mounts twice, and a ticket in the address is good once.
    void Promise.resolve().then(async () => {
      if (stopped) return;
      const made = await start();
      if (stopped) running?.controller.stop();
      else setStarted(made);
    });
    return () => {
      stopped = true;
      running?.controller.stop();
    };
  }, [platform, connection, allowedOrigins, setup, speak]);
  return started;
}

type RunningProps = Pick<WidgetAppProps, "label" | "setup"> & { state: WidgetState; source: WidgetSource };

function Running({ label, setup, state, source }: RunningProps) {
  const { t, said } = useWords();
  const { talk, door, provider } = state;
  const signIn = {
    label,
    onOpen: () => source.provider.signIn?.(),
    onCode: (typed: string) => source.door?.enterCode(typed),
  };
  const refused = talk?.status.state === "refused";
  if ((!talk || refused) && door && door.kind !== "in") {
    // Another widget of this agent is asked first; that takes a moment.
    if (door.kind === "out" && provider?.state === "signing-in")
      return <WidgetMessage title={t("app.starting")} busy />;
    const problem = provider?.state === "signed-out" ? provider.problem : undefined;
    const organization = setup?.organizationName;
    const onHere = () => source.door?.openHere();
    return <SignInScreen {...signIn} {...{ organization, door, problem, onHere }} />;
  }
  const blocked = door && door.kind !== "in" ? t("app.signInFirst", { platform: label }) : undefined;
  const bar: ReactNode =
    door && provider ? (
      <SignInBar
        {...signIn}
        state={provider}
        door={door}
        unconfirmed={door.kind === "in" && !door.agent.organizationConfirmed}
      />
    ) : null;
  // Without a sign-in there is no bar of its own for what is wrong with the desktop's page.
  const trouble = !door && provider && "detail" in provider ? provider.detail : "";
  return (
    <div className="flex h-dvh flex-col">
      {bar}
      <p role="status" className="shrink-0 bg-warn-fill px-3 py-1 text-xs text-warn empty:hidden">
        {said(trouble)}
      </p>
      <div className="min-h-0 flex-1">
        <Talking talk={talk} source={source} writeBlocked={blocked} />
      </div>
    </div>
  );
}

type TalkingProps = { talk: WidgetState["talk"]; source: WidgetSource; writeBlocked: string | undefined };

function Talking({ talk, source, writeBlocked }: TalkingProps) {
  const { t } = useWords();
  if (!talk) return <WidgetMessage title={t("app.waitingTitle")}>{t("app.waitingText")}</WidgetMessage>;
  if (talk.status.state === "refused") return <WidgetProblem kind="refused" reason={talk.refusal} />;
  const { insert, writeBack, unread } = source.provider;
  return <ConversationScreen key={talk.opening} {...{ talk, insert, unread, writeBack, writeBlocked }} />;
}
