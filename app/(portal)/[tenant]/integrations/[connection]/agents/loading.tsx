import { Loading, SkeletonRows } from "#/components/ui/skeleton.tsx";

export default function LoadingAgents() {
  return (
    <Loading>
      <SkeletonRows rows={4} />
      <div className="mt-8">
        <SkeletonRows rows={4} />
      </div>
    </Loading>
  );
}
