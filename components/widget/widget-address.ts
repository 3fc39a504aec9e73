/** What a widget's address tells it. The agent in it is a claim. */
export type WidgetAddress = {
  embedToken: string;
  conversationId?: string;
  agentId?: string;
  agentName?: string;
  /** All of its parameters, as the platform's desktop filled them in. */
  parameters: Readonly<Record<string, string>>;
  /** Brought back from a sign-in by redirect, with what the frame kept for itself meanwhile. */
  ticket?: string;
  keeper?: string;
};

const LONGEST_PARAMETER = 500;
const KEEPER = /^omnibots-keeper:([\w-]{32,200}):(.*)$/s;

let read: WidgetAddress | undefined;

/**
 * Reads the address once per load and takes the tokens out of it, so that they stay in no history and
 * go into no log or referrer of what comes after.
 */
export function takeWidgetAddress(page: Window): WidgetAddress {
  read ??= readWidgetAddress(page);
  return read;
}

export function readWidgetAddress(page: Pick<Window, "location" | "history" | "name">): WidgetAddress {
  const url = new URL(page.location.href);
  const fragment = new URLSearchParams(url.hash.slice(1));
  const param = (name: string) => url.searchParams.get(name) || undefined;
  const named = [...url.searchParams].filter(
    ([name, value]) => name !== "t" && /^[A-Za-z_]{1,40}$/.test(name) && value.length <= LONGEST_PARAMETER,
  );
  const address = {
    embedToken: fragment.get("t") ?? param("t") ?? "",
    conversationId: param("conversationId"),
    agentId: param("agentId"),
    agentName: param("agentName"),
    parameters: Object.fromEntries(named),
    ticket: fragment.get("ticket") ?? undefined,
    keeper: takeKeeper(page),
  };
  url.searchParams.delete("t");
  url.hash = "";
  page.history.replaceState(null, "", url);
  return address;
}

/**
 * A frame that leaves for the platform's login forgets all but its name: a secret there shows on return that it is
 * the same frame, so that nobody can slip another's sign-in into it. The name that it had is put back.
 */
export function leaveKeeper(page: Pick<Window, "name">, keeper: string): void {
  page.name = `omnibots-keeper:${keeper}:${page.name}`;
}

function takeKeeper(page: Pick<Window, "name">): string | undefined {
  const [, keeper, before] = KEEPER.exec(page.name) ?? [];
  if (keeper !== undefined) page.name = before ?? "";
  return keeper;
}
