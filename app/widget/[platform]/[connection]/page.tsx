import { headers } from "next/headers";
import { acceptedLanguages, chooseLocale, LOCALE_PARAMETERS } from "#/components/widget/locales.ts";
import { compilePack } from "#/components/widget/messages/compile-pack.ts";
import { WordsProvider } from "#/components/widget/use-words.tsx";
import { WidgetApp } from "#/components/widget/widget-app.tsx";
import { WidgetProblem } from "#/components/widget/widget-message.tsx";
import { textOn } from "#/lib/branding/branding-rules.ts";
import { readBranding } from "#/lib/branding/read-branding.ts";
import { manifestOf } from "#/lib/connectors/catalog.ts";
import { findConnection } from "#/lib/integrations/find-connection.ts";
import { database } from "#/lib/web/database.ts";
import { frameGround, frameOrigins, widgetSetupOf } from "#/lib/web/frame-rules.ts";

type Query = Record<string, string | string[] | undefined>;

/** Who may see what is settled by the token exchange; this page alone shows nothing of a tenant. */
export default async function WidgetPage({
  params,
  searchParams,
}: PageProps<"/widget/[platform]/[connection]">) {
  const { platform, connection: publicId } = await params;
  const words = await wordsFor(await searchParams);
  const connection = await findConnection(database(), publicId);
  if (!connection || connection.platform !== platform)
    return (
      <WordsProvider pack={words}>
        <WidgetProblem kind="unknown-connection" />
      </WordsProvider>
    );
  const ground = frameGround();
  return (
    <WidgetApp
      words={words}
      branding={await brandingOf(connection.tenantId)}
      platform={connection.platform}
      label={manifestOf(connection.platform).label}
      connection={connection.publicId}
      allowedOrigins={frameOrigins(connection, ground)}
      setup={widgetSetupOf(connection, ground.sandboxes)}
    />
  );
}

/** The address' language, which the desktop fills in, then the browser's. What the desktop says later goes before both. */
async function wordsFor(query: Query) {
  const asked = LOCALE_PARAMETERS.flatMap((name) => query[name]);
  const liked = acceptedLanguages((await headers()).get("accept-language"));
  return compilePack(chooseLocale([...asked, ...liked]));
}

async function brandingOf(tenantId: string) {
  const branding = await readBranding(database(), tenantId);
  return { ...branding, ...(branding.accent && { onAccent: textOn(branding.accent) }) };
}
