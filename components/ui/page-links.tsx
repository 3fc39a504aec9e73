import Link from "next/link";
import { Button } from "./button.tsx";

type PageLinksProps = { newest: string | undefined; older: string | undefined };

/** The way through a list that pages by its last row: back to its top, and on to what is older. */
export function PageLinks({ newest, older }: PageLinksProps) {
  if (!newest && !older) return null;
  return (
    <nav aria-label="Pages" className="mt-2 flex justify-end gap-2">
      {newest ? (
        <Button asChild size="sm">
          <Link href={newest as never}>Newest</Link>
        </Button>
      ) : null}
      {older ? (
        <Button asChild size="sm">
          <Link href={older as never}>Older</Link>
        </Button>
      ) : null}
    </nav>
  );
}
