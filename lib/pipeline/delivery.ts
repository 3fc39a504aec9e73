/** What a door took in, before anyone has read it. */
export type Delivery = {
  tenantId: string;
  connectionId: string;
  door: "audiohook" | "widget" | "ingest" | "subscription";
  /** The platform's own id of the message; a repeat of it is the same delivery. */
  messageId: string;
  payload: unknown;
  /** Milliseconds since the epoch. */
  receivedAt: number;
};
