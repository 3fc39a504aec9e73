import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { JoinForm, NewAccountForm } from "#/components/settings/invitation-forms.tsx";
import { MessagePage } from "#/components/shell/message-page.tsx";
import { ProductMark } from "#/components/shell/product-mark.tsx";
import { SignOutButton } from "#/components/shell/sign-out-button.tsx";
import { Button } from "#/components/ui/button.tsx";
import { Card } from "#/components/ui/card.tsx";
import { type OpenInvitation, readInvitation } from "#/lib/tenancy/accept-invitation.ts";
import { type CurrentUser, currentUser } from "#/lib/web/current-user.ts";
import { database } from "#/lib/web/database.ts";
import { joinAction, makeAccountAction } from "./actions.ts";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

/** Where an invitation's link leads: the invited person makes an account, or joins with the one they have. */
export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [invited, user] = await Promise.all([readInvitation(database(), token), currentUser()]);
  if (!invited)
    return (
      <MessagePage
        title="This invitation does not count any more"
        actions={
          <Button asChild variant="primary">
            <Link href="/sign-in">Go to the start page</Link>
          </Button>
        }
      >
        It was used, replaced or revoked, or it is too old. Ask the person who invited you for a new one.
      </MessagePage>
    );
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 pt-[12vh] pb-10">
      <div className="w-full max-w-92">
        <div className="mb-6 flex flex-col items-center text-center">
          <ProductMark size={32} />
          <h1 className="mt-4 text-xl font-semibold tracking-tight text-balance">
            Join {invited.tenantName}
          </h1>
          <p className="mt-0.5 text-balance text-muted">
            {invited.invitedBy ?? "Somebody"} invites you as {invited.roleName}.
          </p>
        </div>
        <Card>{wayIn(invited, user, token)}</Card>
        <p className="mt-4 text-center text-sm text-muted">For {invited.email} only.</p>
      </div>
    </main>
  );
}

function wayIn(invited: OpenInvitation, user: CurrentUser | undefined, token: string): ReactNode {
  if (user && user.email === invited.email) return <JoinForm token={token} join={joinAction} />;
  if (user)
    return (
      <div className="flex flex-col items-start gap-3">
        <p>
          You are signed in as {user.email}, and this invitation is for {invited.email}. Sign out, then open
          the link again.
        </p>
        <SignOutButton />
      </div>
    );
  if (invited.accountExists)
    return (
      <div className="flex flex-col items-start gap-3">
        <p>There is an account with this address. Sign in with it, then you can join.</p>
        <Button asChild variant="primary" width="full">
          <Link href={`/sign-in?callbackUrl=${encodeURIComponent(`/invitation/${token}`)}` as never}>
            Sign in
          </Link>
        </Button>
      </div>
    );
  return <NewAccountForm token={token} email={invited.email} make={makeAccountAction} />;
}
