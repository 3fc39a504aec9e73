import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { MessagePage } from "#/components/shell/message-page.tsx";
import { ProductMark } from "#/components/shell/product-mark.tsx";
import { SignInForm } from "#/components/shell/sign-in-form.tsx";
import { SignOutButton } from "#/components/shell/sign-out-button.tsx";
import { Card } from "#/components/ui/card.tsx";
import { may } from "#/lib/tenancy/permissions.ts";
import { currentMemberships, currentUser } from "#/lib/web/current-user.ts";
import { sameOriginPath } from "#/lib/web/same-origin-path.ts";
import { offeredProviders } from "#/lib/web/single-sign-on.ts";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Also where a signed-in reader who asked for no page in particular finds the way to one. */
export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { callbackUrl, error } = await searchParams;
  const target = sameOriginPath(callbackUrl, "");
  if (await currentUser()) return toFirstPage(target);

  return (
    <main className="flex min-h-dvh flex-col items-center px-4 pt-[16vh] pb-10">
      <div className="w-full max-w-92">
        <div className="mb-6 flex flex-col items-center text-center">
          <ProductMark size={32} />
          <h1 className="mt-4 text-xl font-semibold tracking-tight">Sign in to Agent Assist</h1>
          <p className="mt-0.5 text-balance text-muted">
            The right answer, while the customer is still talking.
          </p>
        </div>
        <Card>
          <SignInForm
            callbackUrl={target || "/sign-in"}
            providers={offeredProviders()}
            initialError={typeof error === "string" ? error : undefined}
          />
        </Card>
        <p className="mt-4 text-center text-sm text-muted">No account or a lost password? Ask your admin.</p>
      </div>
    </main>
  );
}

async function toFirstPage(target: string) {
  if (target && target !== "/") redirect(target as never);
  const home = (await currentMemberships()).find((tenant) => may(tenant.role, "overview:read"));
  if (home) redirect(`/${home.slug}/overview` as never);
  return (
    <MessagePage title="No page here is open to you yet" actions={<SignOutButton />}>
      Your account belongs to no tenant, or your role works in the agent's widget only. Ask an admin to add
      you or to change your role.
    </MessagePage>
  );
}
