/** Who is signed in to REST; `ForceIn` and a sign-out throw a present session out, which a test of ours must never do. */
export function createRestSessions() {
  const sessions = new Set<string>();
  const evicted: string[] = [];
  return {
    evicted,
    signIn(username: string, policy: string) {
      if (policy === "ForceIn" && sessions.has(username)) evicted.push(username);
      sessions.add(username);
    },
    signOut(username: string) {
      if (sessions.delete(username)) evicted.push(username);
    },
  };
}
