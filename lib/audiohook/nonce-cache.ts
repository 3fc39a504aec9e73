/** Remembers signed requests for as long as they could be sent again. Shared storage may implement it too. */
export type NonceCache = {
  /** True the first time a key is seen within its lifetime. */
  firstUse(key: string, lifetimeMs: number, nowMs: number): boolean | Promise<boolean>;
};

/** For one process. Only requests with a valid signature reach it, so it grows no faster than real calls. */
export function memoryNonceCache(): NonceCache {
  const expiries = new Map<string, number>();
  return {
    firstUse(key, lifetimeMs, nowMs) {
      // Insertion order is close to expiry order: lifetimes differ by seconds only.
      for (const [old, expiresAt] of expiries) {
        if (expiresAt > nowMs) break;
        expiries.delete(old);
      }
      const expiresAt = expiries.get(key);
      if (expiresAt !== undefined && expiresAt > nowMs) return false;
      expiries.delete(key);
      expiries.set(key, nowMs + lifetimeMs);
      return true;
    },
  };
}
