import { redirect } from "next/navigation";

/** A tenant's address alone means its first page. */
export default async function TenantPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  redirect(`/${encodeURIComponent(tenant)}/overview`);
}
