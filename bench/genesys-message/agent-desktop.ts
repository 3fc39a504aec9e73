import type { FrameLocator, Page } from "@playwright/test";
import * as z from "zod";
import { fillDeployment } from "#/lib/connectors/fill-deployment.ts";
import { deployment } from "#/lib/connectors/genesys/deployment.ts";
import { launchBrowser } from "../launch-browser.ts";
import { required } from "../report.ts";

/** The sandbox organization's agent and queue; the demo tenant is mapped to the queue's id. */
const AGENT = { id: "1f0a6c1e-8f0a-4d8a-b1b0-3c5b6f7a0001", name: "Kim Doe" };
const QUEUE = "queue-care";
const VIEWPORT = { width: 1600, height: 900 };
const LIVE_LIMIT_MS = 60_000;

const startedSchema = z.object({ conversationId: z.string() });

/** An agent's desktop at the sandbox's Genesys organization: a chat in front, the widget framed beside it, signed in. */
export type AgentDesktop = {
  conversationId: string;
  /** The customer writes; resolves once the platform has accepted it. */
  write(text: string): Promise<void>;
  close(): Promise<void>;
};

export async function openAgentDesktop(publicId: string, embedToken: string): Promise<AgentDesktop> {
  const { conversationId } = startedSchema.parse(
    await control("/conversations", { queueId: QUEUE, userId: AGENT.id }),
  );
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: VIEWPORT });
  const address = new URL("/desktop", required("SANDBOX_GENESYS_URL"));
  address.searchParams.set("agent", AGENT.id);
  address.searchParams.set("conversation", conversationId);
  address.searchParams.set("widget", widgetUrl(publicId, embedToken));
  await page.goto(address.href);
  await signIn(page, page.frameLocator("iframe"));
  return {
    conversationId,
    write: async (text) => {
      await control(`/conversations/${conversationId}/customer`, { do: "write", text });
    },
    close: () => browser.close(),
  };
}

/** What an admin pastes at the platform, with its placeholders. */
function widgetUrl(publicId: string, embedToken: string): string {
  const filled = fillDeployment(deployment, required("PORTAL_URL"), {
    platform: "genesys",
    publicId,
    embedToken,
  });
  const part = filled.find(({ id }) => id === "interaction-widget");
  const url = part?.values.find(({ label }) => label === "Application URL")?.value;
  if (!url) throw new Error("The deployment of Genesys Cloud names no widget any more.");
  // The login in a window of its own, as most desktops have it, whatever this one would ask for.
  return url.replace("{{gcUsePopupAuth}}", "true");
}

/** By PKCE, in the window that the platform opens and that closes itself. */
async function signIn(page: Page, widget: FrameLocator): Promise<void> {
  const opened = page.context().waitForEvent("page");
  await widget.getByRole("button", { name: "Sign in", exact: true }).click();
  const login = await opened;
  await login.getByText(AGENT.name).click();
  await login.getByRole("button", { name: "Sign in", exact: true }).click();
  await widget.getByText("live").waitFor({ timeout: LIVE_LIMIT_MS });
}

async function control(path: string, body: object): Promise<unknown> {
  const response = await fetch(new URL(`/_control${path}`, required("SANDBOX_GENESYS_URL")), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${required("SANDBOX_TOKEN")}`,
    },
    body: JSON.stringify(body),
  });
  if (!response.ok)
    throw new Error(`The sandbox refused ${path}: ${response.status} ${await response.text()}`);
  return await response.json();
}
