import type { SignedInAgent } from "#/lib/connectors/widget-sign-in.ts";
import { post } from "./widget-session.ts";

export type StartRequest = {
  mode: "popup" | "redirect";
  keeper?: string;
};

export type FinishAnswer =
  | { state: "pending" }
  | { state: "arrived"; wrong?: boolean }
  | { state: "failed"; reason: string }
  | ({ state: "ready" } & SignedInAgent);

export type SignInRequests = {
  start(request: StartRequest): Promise<{ ticket: string; authorizeUrl: string }>;
  finish(request: { ticket: string; proof?: string }): Promise<FinishAnswer>;
};

type Shown = {
  platform: string;
  connection: string;
  embedToken: string;
  parameters: Readonly<Record<string, string>>;
};

/** The two requests of a sign-in; neither sends or gets a cookie. */
export function signInRequests(shown: Shown): SignInRequests {
  return {
    start: (request) => post("/api/widget/sign-in/start", { body: JSON.stringify({ ...shown, ...request }) }),
    finish: (request) => post("/api/widget/sign-in/finish", { body: JSON.stringify(request) }),
  };
}
