import Link from "next/link";
import { Button } from "#/components/ui/button.tsx";

type Query = Record<string, string | string[] | undefined>;

/** First and next page of a list; where there is one page only, nothing. */
export function ListPages({ query, next }: { query: Query; next: string | undefined }) {
  if (next === undefined && query.after === undefined) return null;
  return (
    <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
      {query.after === undefined ? null : (
        <Button asChild>
          <Link href={address(query, undefined) as never}>First page</Link>
        </Button>
      )}
      {next === undefined ? null : (
        <Button asChild>
          <Link href={address(query, next) as never}>Next page</Link>
        </Button>
      )}
    </nav>
  );
}

function address(query: Query, after: string | undefined): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (name !== "after") for (const each of [value ?? []].flat()) params.append(name, each);
  }
  if (after !== undefined) params.set("after", after);
  return `?${params}`;
}
