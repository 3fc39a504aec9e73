"use client";

import { Button } from "../ui/button.tsx";
import { leave } from "./leave.ts";

export function SignOutButton() {
  return <Button onClick={leave}>Sign out</Button>;
}
