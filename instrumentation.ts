/** Runs once when a web server starts: from then on Service Health sees it. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next replaces this name at build time; only Node has sockets, and so a heart.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const [{ keepBeating }, { redis }, { webLog }] = await Promise.all([
    import("#/lib/health/heartbeat.ts"),
    import("#/lib/web/redis.ts"),
    import("#/lib/web/web-log.ts"),
  ]);
  const client = redis();
  client.on("error", (error) => webLog.warn({ err: error }, "redis is away"));
  keepBeating(client, "web", () => {});
}
