/** What a widget's address tells it. The agent in it is a claim. */
export type WidgetAddress = {
  embedToken: string;
  conversationId?: string;
  agentId?: string;
  agentName?: string;
};

let read: WidgetAddress | undefined;

/**
 * Reads the address once per load and takes the embed token out of it, so that it stays in no history and
 * goes into no log or referrer of what comes after.
 */
export function takeWidgetAddress(page: Window): WidgetAddress {
  if (read) return read;
  const url = new URL(page.location.href);
  const fragment = new URLSearchParams(url.hash.slice(1));
  const param = (name: string) => url.searchParams.get(name) || undefined;
  read = {
    embedToken: fragment.get("t") ?? param("t") ?? "",
    conversationId: param("conversationId"),
    agentId: param("agentId"),
    agentName: param("agentName"),
  };
  url.searchParams.delete("t");
  url.hash = "";
  page.history.replaceState(null, "", url);
  return read;
}
