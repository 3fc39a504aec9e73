import { randomUUID } from "node:crypto";
import { SUBSCRIPTION_ID } from "./directory.ts";
import { type EventTarget, validateAddress } from "./events.ts";

/** Where the product takes a subscription's streams and events. */
export type Subscription = {
  id: string;
  /** Names it here: several connections may each have one, and all of them say the same id. */
  key: string;
  /** host:port of the voice stream. */
  voiceAddress: string;
  tls?: boolean;
  trustToken: string;
  events?: EventTarget | undefined;
};

export type NewSubscription = Omit<Subscription, "id" | "key"> & { id?: string };

export function createSubscriptions() {
  const made = new Map<string, Subscription>();
  return {
    /** Validates the addresses as the platform does when a subscription is made. */
    async make(wanted: NewSubscription): Promise<Subscription> {
      if (wanted.events) await validateAddress(wanted.events, wanted.trustToken);
      const one = { id: SUBSCRIPTION_ID, ...wanted, key: randomUUID() };
      made.set(one.key, one);
      return one;
    },
    /** By its key; without one, the last that was made. */
    of: (key: string | undefined) => (key === undefined ? [...made.values()].at(-1) : made.get(key)),
  };
}
