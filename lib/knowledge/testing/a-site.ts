import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A page as the site has it now; `to` is where it redirects. */
export type SitePageOf = { body?: string; type?: string; status?: number; to?: string };

export type TestSite = {
  origin: string;
  host: string;
  /** By path; what is not here is answered 404. May be changed while the site runs. */
  pages: Map<string, SitePageOf>;
  asked: { path: string; etag: string | undefined; agent: string | undefined }[];
  close(): Promise<void>;
};

/** A small web site on this machine, with entity tags, which remembers what it was asked. */
export async function aSite(pages: Record<string, SitePageOf>, port = 0): Promise<TestSite> {
  const kept = new Map(Object.entries(pages));
  const asked: TestSite["asked"] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const path = request.url ?? "/";
    const etag = request.headers["if-none-match"];
    asked.push({ path, etag, agent: request.headers["user-agent"] });
    const page = kept.get(path);
    if (!page) return response.writeHead(404).end();
    if (page.to) return response.writeHead(302, { location: page.to }).end();
    const own = `"${Buffer.from(page.body ?? "")
      .toString("base64url")
      .slice(-40)}"`;
    if (etag === own) return response.writeHead(304, { etag: own }).end();
    response.writeHead(page.status ?? 200, { "content-type": page.type ?? "text/html", etag: own });
    return response.end(page.body);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: `http://${host}`,
    host,
    pages: kept,
    asked,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** A page of text that links to others. */
export function aPage(title: string, text: string, links: readonly string[] = []): SitePageOf {
  const anchors = links.map((href) => `<a href="${href}">${href}</a>`).join(" ");
  return {
    body: `<html><body><main><h1>${title}</h1><p>${text}</p></main><nav>${anchors}</nav></body></html>`,
  };
}
