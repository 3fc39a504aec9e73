import { PageHeader } from "#/components/ui/page-header.tsx";
import { SkeletonRows } from "#/components/ui/skeleton.tsx";

export default function ConversationsLoading() {
  return (
    <>
      <PageHeader
        title="Conversations"
        hint="Every call and chat, what was said, and what the product did for it."
      />
      <SkeletonRows rows={12} />
    </>
  );
}
