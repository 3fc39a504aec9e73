import type * as z from "zod";
import type { PlatformAccess } from "./platform-access.ts";

/** Who is at work, as the platform itself said it. */
export type PlatformAgent = {
  user: { id: string; name?: string };
  organization: { id: string; name?: string };
  /** The organization is known to be the tenant's own; until then the agent counts as claimed. */
  organizationConfirmed: boolean;
};

export type AgentToken = PlatformAgent & { accessToken: string; expiresInSeconds: number };

/** What the browser's provider is told of its connection; plain JSON without a secret. */
export type WidgetSetup = {
  /** The platform's addresses by what they are for. */
  hosts: Readonly<Record<string, string>>;
  /** Names that the tenant has agreed with the platform, by what they are for. */
  names?: Readonly<Record<string, string>>;
  /** Shown before the agent signs in, so that nobody signs in at the wrong place. */
  organizationName?: string;
};

type Connected<C> = { credentials: C; access: PlatformAccess };

/**
 * The server's half of a platform's widget: where its page may reach, and how an agent signs in. All of it is
 * optional to a platform; a widget without it learns from the page around it.
 */
export type WidgetSide<C extends z.ZodType = z.ZodType> = {
  /** Reads a connection's settings and unsealed secrets. */
  credentials: C;
  /** Undefined where this connection has no sign-in. */
  setup(credentials: z.output<C>, sandboxes: PlatformAccess["sandboxes"]): WidgetSetup | undefined;
  /** Origins that the browser's provider talks to. */
  connect(setup: WidgetSetup): readonly string[];
  /** Origins beyond the manifest's that are this connection's own desktop. */
  frames(setup: WidgetSetup): readonly string[];
  begin(
    connected: Connected<z.output<C>>,
    step: { redirectUri: string; state: string; challenge: string },
  ): string;
  /** Throws `forbidden` for an agent of another organization, with a sentence that says so. */
  finish(
    connected: Connected<z.output<C>>,
    step: { redirectUri: string; code: string; verifier: string },
    signal: AbortSignal,
  ): Promise<AgentToken>;
  /** Whether the agent takes part in the conversation; `unknown` where the platform does not tell us. */
  takesPart(
    connected: Connected<z.output<C>>,
    of: { conversationId: string; agentId: string },
    signal: AbortSignal,
  ): Promise<"yes" | "no" | "unknown">;
};

/** Keeps the schema's type inside a connector while the registry sees all of them alike. */
export function defineWidgetSide<C extends z.ZodType>(side: WidgetSide<C>): WidgetSide {
  // Whoever calls has parsed the credentials with this side's own schema.
  return side as unknown as WidgetSide;
}

/** What the browser holds of a sign-in, in memory only. */
export type SignedInAgent = PlatformAgent & {
  accessToken: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Shown to our own server beside the embed token. */
  agentSession: string;
  agentSessionEndsAt: number;
};

export type DoorState =
  | { kind: "out"; problem?: string }
  | { kind: "opening" }
  /** The platform's login is open in another window; `closed` where the browser says that it is not any more. */
  | { kind: "away"; closed: boolean }
  /** The login cut the two windows apart: the agent types what that one shows. */
  | { kind: "code"; wrong: boolean }
  | { kind: "in"; agent: SignedInAgent };

/** An agent's way in and out; one for each widget. */
export type SignInDoor = {
  state(): DoorState;
  subscribe(listener: () => void): () => void;
  /** From a click, else the browser opens no window. */
  open(): void;
  /** Without a window: this frame goes to the login and comes back. Many logins refuse to stand in a frame. */
  openHere(): void;
  enterCode(typed: string): void;
  /** Another widget of the same agent has signed in. */
  adopt(agent: SignedInAgent): void;
  /** The platform takes the token no more. */
  forget(problem: string): void;
  stop(): void;
};

/** What a platform's provider is made from, in the browser. */
export type ProviderParts = {
  page: Window;
  /** The connection's public id. */
  connection: string;
  setup: WidgetSetup;
  /** Of the widget's address, by their names there. */
  parameters: Readonly<Record<string, string>>;
  /** The page around the frame, where the browser tells and it may frame us. */
  host: string | undefined;
  door: SignInDoor;
};
