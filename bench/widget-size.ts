/**
 * What a modern browser downloads of JavaScript until a widget shows its first card, gzipped at level 9 whatever the
 * server did, and in which chunks it lies. Only the widget's own: the page around it is the platform's.
 *
 *   npm run bench widget-size
 */
import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Response } from "@playwright/test";
import { DEMO_QUESTIONS } from "./demo-questions.ts";
import { demoEmbedToken, openDemoTenant, untilIndexed } from "./demo-tenant.ts";
import { printReport, round } from "./report.ts";
import { openWidgetHost } from "./widget-host.ts";

const AIM_KB = 170;
const FAR_AIM_KB = 90;
const SHOWN = 12;

type Script = { name: string; gzipped: number; holds: string[] };

const LIBRARIES: Record<string, (text: string) => boolean> = {
  react: (text) => text.includes("react.transitional.element") && text.includes("createRoot"),
  "socket.io": (text) => text.includes("EIO"),
  zod: (text) => text.includes("invalid_union"),
};

const kb = (bytes: number) => round(bytes / 1024, 1);

const demo = await openDemoTenant();
try {
  await untilIndexed(demo);
  const scripts = await untilFirstCard();
  const total = scripts.reduce((sum, { gzipped }) => sum + gzipped, 0);
  const rows = scripts
    .toSorted((one, other) => other.gzipped - one.gzipped)
    .slice(0, SHOWN)
    .map(({ name, gzipped, holds }) => ({
      script: name,
      "KB gzipped": kb(gzipped),
      holds: holds.join(", "),
    }));
  printReport("widget-size", rows, {
    scripts: scripts.length,
    gzippedKb: kb(total),
    aimKb: AIM_KB,
    held: kb(total) <= AIM_KB,
    overNinetyKb: Math.max(0, round(kb(total) - FAR_AIM_KB, 1)),
  });
} finally {
  await demo.close();
}

async function untilFirstCard(): Promise<Script[]> {
  const bodies: Promise<Script | undefined>[] = [];
  const conversationId = randomUUID();
  const host = await openWidgetHost(
    {
      publicId: demo.publicId,
      embedToken: await demoEmbedToken(),
      conversationIds: [conversationId],
      channel: "chat",
    },
    (page) => page.on("response", (response) => bodies.push(scriptOf(response))),
  );
  try {
    const [text = ""] = DEMO_QUESTIONS;
    const at = new Date().toISOString();
    await host.say({ conversationId, messageId: randomUUID(), from: "customer", text, at });
    await host.page.frameLocator("iframe").getByRole("article").first().waitFor();
    return (await Promise.all(bodies)).filter((script) => script !== undefined);
  } finally {
    await host.close();
  }
}

async function scriptOf(response: Response): Promise<Script | undefined> {
  const { pathname } = new URL(response.url());
  if (!pathname.startsWith("/_next/") || !pathname.endsWith(".js")) return undefined;
  const body = await response.body();
  const text = body.toString("utf8");
  return {
    name: pathname.split("/").at(-1) ?? pathname,
    gzipped: gzipSync(body, { level: 9 }).length,
    holds: Object.entries(LIBRARIES).flatMap(([library, held]) => (held(text) ? [library] : [])),
  };
}
