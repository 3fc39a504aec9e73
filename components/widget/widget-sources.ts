import type { WidgetProvider } from "#/lib/connectors/widget-provider.ts";
import { browserProviderOf } from "#/lib/connectors/widget-registry.ts";
import type { SignInDoor, WidgetSetup } from "#/lib/connectors/widget-sign-in.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { isAllowedOrigin, parentOrigin } from "./frame-origin.ts";
import { hostPageProvider } from "./host-page-provider.ts";
import { createSignInDoor } from "./sign-in-door.ts";
import { doorPage } from "./sign-in-page.ts";
import { signInRequests } from "./sign-in-requests.ts";
import type { WidgetAddress } from "./widget-address.ts";

/** Where a widget learns what goes on; `accepted` tells it that a message is stored for good. */
export type WidgetSource = {
  provider: WidgetProvider & {
    accepted?(messageId: string): void;
    /** Told how many cards nobody has seen yet. */
    unread?(count: number): void;
  };
  /** Only where the agent signs in at the platform. */
  door?: SignInDoor;
};

type SourceOptions = {
  platform: PlatformId;
  connection: string;
  setup: WidgetSetup | undefined;
  address: WidgetAddress;
  allowedOrigins: readonly string[];
};

/** The platform's own provider where its desktop frames us, else the page around the frame, whoever made it. */
export async function widgetSource(page: Window, options: SourceOptions): Promise<WidgetSource> {
  const { platform, connection, setup, address, allowedOrigins } = options;
  const platformProvider = setup && (await browserProviderOf(platform));
  if (!setup || !platformProvider?.fits(address.parameters))
    return { provider: hostPageProvider(page, allowedOrigins) };
  const { parameters, embedToken, ticket, keeper } = address;
  const door = createSignInDoor({
    page: doorPage(page),
    requests: signInRequests({ platform, connection, embedToken, parameters }),
    returned: ticket ? { ticket, keeper } : undefined,
  });
  const parent = parentOrigin(page);
  const host = parent && isAllowedOrigin(parent, allowedOrigins) ? parent : undefined;
  const provider = platformProvider.create({ page, connection, setup, parameters, host, door });
  return platformProvider.signsIn === false ? { provider } : { door, provider };
}
