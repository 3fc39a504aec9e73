import { Loading, SkeletonRows } from "#/components/ui/skeleton.tsx";

export default function LoadingSettings() {
  return (
    <Loading>
      <SkeletonRows rows={6} />
    </Loading>
  );
}
