import type { AudiohookHealth } from "./audiohook-server.ts";

/** The server's own gauges and counters as flat figures for the health page. */
export function healthFigures(health: AudiohookHealth): Record<string, number> {
  const { draining: _, handshakeMs, ...counts } = health;
  return Object.fromEntries([
    ...Object.entries(counts).filter(([, value]) => typeof value === "number"),
    ...Object.entries(handshakeMs).map(([name, value]) => [`handshakeMs.${name}`, value ?? 0]),
  ]) as Record<string, number>;
}
