import type { Outstanding, SubscriptionConfig } from "./subscription.ts";

export type PushResult = { status: number | "no answer"; acknowledged: boolean };

/** What Google takes for an acknowledgement (contract section 1). */
const ACKNOWLEDGED = new Set([102, 200, 201, 202, 204]);

/** One push in the wrapped form; both spellings of the ids are in it, as in the real one. */
export async function pushOnce(
  { name, pushConfig, ackDeadlineSeconds, deadLetterPolicy }: SubscriptionConfig,
  { message, attempts }: Outstanding,
  token: string | undefined,
): Promise<PushResult> {
  const { messageId, publishTime, ...rest } = message;
  const body = {
    message: { ...rest, messageId, message_id: messageId, publishTime, publish_time: publishTime },
    subscription: name,
    ...(deadLetterPolicy && { deliveryAttempt: attempts }),
  };
  try {
    const response = await fetch(pushConfig.pushEndpoint ?? "", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)",
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      redirect: "manual",
      signal: AbortSignal.timeout(ackDeadlineSeconds * 1_000),
    });
    await response.arrayBuffer();
    return { status: response.status, acknowledged: ACKNOWLEDGED.has(response.status) };
  } catch {
    return { status: "no answer", acknowledged: false };
  }
}
