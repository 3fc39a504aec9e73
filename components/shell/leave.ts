import { signOut } from "next-auth/react";
import { forgetDrafts } from "../ui/form-draft.ts";

/** Signs out on purpose: the next reader of this tab finds nothing that was typed. */
export function leave(): void {
  forgetDrafts();
  void signOut({ callbackUrl: "/sign-in" });
}
