import type { DoorState } from "#/lib/connectors/widget-sign-in.ts";

export type SignInWords = { button: string; problem?: string | undefined; waiting?: string | undefined };

/** What the sign-in says to an agent at each step. */
export function signInWords(door: DoorState, label: string, problem?: string): SignInWords {
  if (door.kind === "opening") return { button: "Opening", waiting: `Opening ${label}.` };
  if (door.kind === "away")
    return {
      button: "Sign in again",
      waiting: door.closed
        ? `The window of ${label} is closed. If you did not sign in there, do it again.`
        : `Sign in in the window of ${label}. If you do not see it, it may be behind this one.`,
    };
  if (door.kind === "code") return { button: "Sign in again" };
  const said = door.kind === "out" ? (door.problem ?? problem) : problem;
  return { button: said ? "Sign in again" : "Sign in", problem: said };
}
