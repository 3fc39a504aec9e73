import { createHash, timingSafeEqual } from "node:crypto";
import type { Connection } from "#/lib/integrations/find-connection.ts";
import { AppError } from "#/lib/kernel/app-error.ts";

export type WidgetTicket = { platform: string; connection: string; embedToken: string };

export type AdmissionGround = {
  find(publicId: string): Promise<Connection | undefined>;
  embedTokenOf(connection: Connection): string | undefined;
};

/** One sentence for an unknown connection, a wrong token and an ended session: none can be told from the others. */
export const refusal = () =>
  new AppError("unauthenticated", "This widget may not be opened with this token.");

/** The connection that an embed token belongs to. It proves the connection only, and says nothing of who looks. */
export async function admitWidget(
  { platform, connection: publicId, embedToken }: WidgetTicket,
  ground: AdmissionGround,
): Promise<{ connection: Connection; embedToken: string }> {
  const connection = await ground.find(publicId);
  const expected = connection?.platform === platform ? ground.embedTokenOf(connection) : undefined;
  // Compared in any case, so that the time tells nothing either.
  const matches = sameSecret(embedToken, expected ?? "");
  if (!connection || !expected || !matches) throw refusal();
  return { connection, embedToken: expected };
}

export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
