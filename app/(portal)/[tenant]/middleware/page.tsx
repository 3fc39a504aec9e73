import { redirect } from "next/navigation";

/** Queue mapping is all there is under Middleware today. */
export default async function MiddlewarePage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  redirect(`/${tenant}/middleware/queues`);
}
