import { gzipSync } from "node:zlib";
import { chromium, type Response } from "@playwright/test";

/**
 * What a modern browser downloads of JavaScript until a widget shows its first card, gzipped at level 9 whatever the
 * server did. Runs against a production build: `WIDGET_HOST_URL` is a page that frames a widget and starts a
 * conversation, `node bench/widget-size.ts WIDGET_HOST_URL`; without a card it counts until the widget is connected.
 */
const [, , address] = process.argv;
if (!address) throw new Error("Give the address of a page that frames the widget.");

const AIM_KB = 170;
const FAR_AIM_KB = 90;

type Script = { name: string; gzipped: number; zod: boolean; socket: boolean; react: boolean };

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 400, height: 800 } });
  const bodies: Promise<Script | undefined>[] = [];
  page.on("response", (response) => bodies.push(scriptOf(response)));
  await page.goto(address);
  const widget = page.url().includes("/widget/") ? page : page.frameLocator("iframe");
  await widget.getByRole("article").or(widget.getByRole("tablist")).first().waitFor({ timeout: 60_000 });
  const scripts = (await Promise.all(bodies)).filter((script) => script !== undefined);
  const total = scripts.reduce((sum, { gzipped }) => sum + gzipped, 0);
  const kb = (bytes: number) => Math.round(bytes / 102.4) / 10;
  const part = (of: (script: Script) => boolean) =>
    kb(scripts.filter(of).reduce((sum, { gzipped }) => sum + gzipped, 0));
  const rows = scripts.sort((one, other) => other.gzipped - one.gzipped).slice(0, 12);
  console.table(rows.map(({ name, gzipped }) => ({ script: name, "KB gzipped": kb(gzipped) })));
  console.log(
    JSON.stringify({
      bench: "widget-size",
      scripts: scripts.length,
      gzippedKb: kb(total),
      aimKb: AIM_KB,
      held: kb(total) <= AIM_KB,
      toReachKb: FAR_AIM_KB,
      over: Math.max(0, Math.round((kb(total) - FAR_AIM_KB) * 10) / 10),
      chunksThatHold: {
        react: part(({ react }) => react),
        socketIo: part(({ socket }) => socket),
        zod: part(({ zod }) => zod),
      },
    }),
  );
} finally {
  await browser.close();
}

/** Only the widget's own scripts: the page around it is the platform's. */
async function scriptOf(response: Response): Promise<Script | undefined> {
  const { pathname } = new URL(response.url());
  if (!pathname.startsWith("/_next/") || !pathname.endsWith(".js")) return undefined;
  const body = await response.body();
  const text = body.toString("utf8");
  return {
    name: pathname.split("/").at(-1) ?? pathname,
    gzipped: gzipSync(body, { level: 9 }).length,
    zod: text.includes("ZodError") || text.includes("invalid_union"),
    socket: text.includes("engine.io") || text.includes("EIO"),
    react: text.includes("react.transitional.element") && text.includes("createRoot"),
  };
}
