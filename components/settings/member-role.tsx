"use client";

import { useState, useTransition } from "react";
import { toast } from "sonner";
import { Select, type SelectOption } from "#/components/ui/select.tsx";
import type { MemberRow } from "#/lib/tenancy/list-members.ts";
import type { ActionResult } from "./action-result.ts";
import { refusalWords } from "./outcome.ts";

type MemberRoleProps = {
  member: MemberRow;
  roles: readonly SelectOption[];
  change: (change: { userId: string; role: string }) => Promise<ActionResult>;
};

/** A member's role, changed by choosing another; a refusal puts the old one back and says why. */
export function MemberRole({ member, roles, change }: MemberRoleProps) {
  const [chosen, setChosen] = useState(member.role.id);
  const [busy, startTransition] = useTransition();
  const choose = (role: string) => {
    if (role === chosen) return;
    setChosen(role);
    startTransition(async () => {
      const result = await change({ userId: member.userId, role });
      if (result.ok) return void toast.success(`${member.name} has another role from the next click on.`);
      setChosen(member.role.id);
      toast.error(refusalWords(result));
    });
  };
  return (
    <span className="block w-44">
      <Select
        scale="sm"
        aria-label={`Role of ${member.name}`}
        options={roles}
        value={chosen}
        onValueChange={choose}
        disabled={busy}
      />
    </span>
  );
}
