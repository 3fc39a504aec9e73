"use client";

import { Button } from "#/components/ui/button.tsx";
import { ConfirmByName } from "#/components/ui/confirm-by-name.tsx";
import type { MemberRow } from "#/lib/tenancy/list-members.ts";
import type { ActionResult } from "./action-result.ts";
import { plainOutcome } from "./outcome.ts";

type RemoveMemberProps = {
  member: MemberRow;
  self: boolean;
  /** People of the tenant's domain become members by signing in: removing one does not keep them out. */
  autoJoin: boolean;
  remove: (person: { userId: string }) => Promise<ActionResult>;
};

export function RemoveMember({ member, self, autoJoin, remove }: RemoveMemberProps) {
  return (
    <ConfirmByName
      trigger={
        <Button size="sm" variant="danger-quiet" aria-label={self ? undefined : `Remove ${member.name}`}>
          {self ? "Leave" : "Remove"}
        </Button>
      }
      title={self ? "Leave this tenant?" : `Remove ${member.name}?`}
      name={member.email}
      confirmLabel={self ? "Leave" : "Remove"}
      action={() => plainOutcome(remove({ userId: member.userId }))}
    >
      {self ? "You are" : `${member.name} is`} out with the next click, and open invitations made by{" "}
      {self ? "you" : "them"} end. What {self ? "you" : "they"} did stays in the audit log.
      {autoJoin
        ? " People of your domain join by single sign-on: block the account in your directory, too, or they come back."
        : ""}
    </ConfirmByName>
  );
}
