import type { DoorState } from "#/lib/connectors/widget-sign-in.ts";
import type { Words } from "./words.ts";

export type SignInWords = { button: string; problem?: string | undefined; waiting?: string | undefined };

/** What the sign-in says to an agent at each step. */
export function signInWords(
  { t, said }: Pick<Words, "t" | "said">,
  door: DoorState,
  { platform, problem }: { platform: string; problem?: string | undefined },
): SignInWords {
  if (door.kind === "opening")
    return { button: t("signIn.opening"), waiting: t("signIn.openingWindow", { platform }) };
  if (door.kind === "away")
    return {
      button: t("signIn.again"),
      waiting: t(door.closed ? "signIn.closed" : "signIn.away", { platform }),
    };
  if (door.kind === "code") return { button: t("signIn.again") };
  const told = door.kind === "out" ? (door.problem ?? problem) : problem;
  return { button: t(told ? "signIn.again" : "signIn.do"), problem: told && said(told) };
}
