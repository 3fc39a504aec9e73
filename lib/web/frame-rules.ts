import { manifestOf } from "#/lib/connectors/catalog.ts";
import { widgetSideOf } from "#/lib/connectors/widget-sides.ts";
import type { WidgetSetup } from "#/lib/connectors/widget-sign-in.ts";
import { type Connection, findConnection } from "#/lib/integrations/find-connection.ts";
import { platformIdSchema } from "#/lib/kernel/platform-id.ts";
import { database } from "./database.ts";
import { webNetwork } from "./network.ts";
import { webEnv } from "./web-env.ts";

type Framed = Pick<Connection, "platform" | "allowedOrigins" | "settings">;
type Sandboxes = ReturnType<typeof webNetwork>["sandboxes"];

/** Finds an active connection by its public id. */
export type FindConnection = (publicId: string) => Promise<Framed | undefined>;

export type FrameGround = {
  find: FindConnection;
  sandboxes: Sandboxes;
  /** The sandbox's host page, which may frame any widget of this installation; only where the sandbox is on. */
  hostPage?: string;
};

/** What this process knows of its own. */
export const frameGround = (): FrameGround => {
  const { SANDBOX, SANDBOX_URL } = webEnv();
  return {
    find: (publicId) => findConnection(database(), publicId),
    sandboxes: webNetwork().sandboxes,
    ...(SANDBOX === "on" && { hostPage: new URL(SANDBOX_URL).origin }),
  };
};

/** Only what has the form of an origin may stand in a policy: a stray `;` would start another rule. */
const ORIGIN = /^https?:\/\/(\*\.)?[a-z0-9.-]+(:\d{1,5})?$/i;

/** What the browser's half is told of its connection; undefined where its agents do not sign in with us. */
export function widgetSetupOf(connection: Framed, sandboxes: Sandboxes): WidgetSetup | undefined {
  const side = widgetSideOf(connection.platform);
  return side?.setup(side.credentials.parse(connection.settings), sandboxes);
}

/** The origins that may frame a connection's widget: the platform's own hosts, and what the tenant added. */
export function frameOrigins(
  connection: Framed,
  { sandboxes, hostPage }: Pick<FrameGround, "sandboxes" | "hostPage">,
): string[] {
  const { frameAncestors } = manifestOf(connection.platform);
  const setup = widgetSetupOf(connection, sandboxes);
  const desktops = setup ? (widgetSideOf(connection.platform)?.frames(setup) ?? []) : [];
  const origins = [...frameAncestors, ...desktops, ...connection.allowedOrigins, hostPage ?? ""];
  return [...new Set(origins)].filter((origin) => ORIGIN.test(origin));
}

export type FrameRule = {
  /** The value of `frame-ancestors`. */
  ancestors: string;
  /** Where the widget's page may reach beside our own servers. */
  connect: readonly string[];
};

const NOBODY: FrameRule = { ancestors: "'none'", connect: [] };

/**
 * The hosts that may frame one connection's widget. A connection that is unknown, switched off or of another
 * platform answers `'none'`, so no page can tell them apart.
 */
export async function frameRuleFor(
  platform: string,
  publicId: string,
  ground: FrameGround = frameGround(),
): Promise<FrameRule> {
  if (publicId === "callback") return callbackRule(platform, ground.sandboxes);
  const connection = await ground.find(publicId);
  if (connection?.platform !== platform) return NOBODY;
  const setup = widgetSetupOf(connection, ground.sandboxes);
  return {
    ancestors: frameOrigins(connection, ground).join(" ") || "'none'",
    connect: setup ? (widgetSideOf(connection.platform)?.connect(setup) ?? []) : [],
  };
}

/** A frame that comes back too late from the login reads there why; the page holds nothing to steal or to click. */
function callbackRule(given: string, sandboxes: Sandboxes): FrameRule {
  const platform = platformIdSchema.safeParse(given);
  if (!platform.success) return NOBODY;
  const hosts = [...manifestOf(platform.data).frameAncestors, sandboxes[platform.data] ?? ""];
  return { ancestors: hosts.filter((origin) => ORIGIN.test(origin)).join(" ") || "'none'", connect: [] };
}
