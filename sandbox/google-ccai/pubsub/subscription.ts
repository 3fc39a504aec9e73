/** What Google keeps of a subscription, and what is out for delivery on it. */
export type SubscriptionConfig = {
  name: string;
  topic: string;
  pushConfig: { pushEndpoint?: string; oidcToken?: { serviceAccountEmail: string; audience?: string } };
  ackDeadlineSeconds: number;
  expirationPolicy?: object;
  retryPolicy?: { minimumBackoff?: string; maximumBackoff?: string };
  enableMessageOrdering?: boolean;
  deadLetterPolicy?: { deadLetterTopic?: string; maxDeliveryAttempts?: number };
};

export type Message = {
  messageId: string;
  data?: string;
  attributes?: Record<string, string>;
  publishTime: string;
  orderingKey?: string;
};

export type Outstanding = {
  message: Message;
  attempts: number;
  /** Not before this; while it is out, the end of its acknowledgement deadline. */
  dueAt: number;
  /** Under which it can be acknowledged; none while it waits here. */
  ackId?: string;
};

/** Seconds of a Duration in JSON, such as `1.5s`. */
export const secondsOf = (duration: string | undefined, fallback: number) =>
  duration === undefined ? fallback : Number.parseFloat(duration);

/** How long a message rests after it was refused. */
export function backoffMs({ retryPolicy }: SubscriptionConfig, attempts: number): number {
  if (!retryPolicy) return 100;
  const least = secondsOf(retryPolicy.minimumBackoff, 10) * 1_000;
  const most = secondsOf(retryPolicy.maximumBackoff, 600) * 1_000;
  return Math.min(most, least * 2 ** Math.max(0, attempts - 1));
}
