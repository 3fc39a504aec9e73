/** What may go wrong at the broker; a test turns the knobs while sessions are open. */
export type BrokerFaults = {
  /** Answers this to so many upgrades. */
  refuseUpgrades?: { status: number; times: number };
  /** The wrong region: sessions open, and nothing ever comes. */
  silent: boolean;
  /** Answers no pings, as a dead peer behind a live proxy. */
  deaf: boolean;
  /** Of 1: how many messages are sent a second time. */
  duplicate: number;
  /** Messages are sent in another order within groups of this size. */
  shuffle: number;
  /** Closes the session after so many messages, with this code; 1 to 8 are what Pulsar itself uses. */
  closeAfter?: { messages: number; code: number };
  /** Cuts the connection without a close frame after so many messages. */
  cutAfter?: number;
  /** Sends a control frame, and one that is no JSON, among the messages. */
  noise: boolean;
};

export const noFaults = (): BrokerFaults => ({
  silent: false,
  deaf: false,
  duplicate: 0,
  shuffle: 1,
  noise: false,
});
