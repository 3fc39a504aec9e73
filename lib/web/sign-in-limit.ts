/** Counts one use under a key; false once the rule is passed. */
export type Limiter = (key: string, rule: { limit: number; windowSeconds: number }) => Promise<boolean>;

const WINDOW_SECONDS = 15 * 60;
/** A shared office address signs in many people; one person mistypes a few times. */
const PER_ADDRESS = { limit: 60, windowSeconds: WINDOW_SECONDS };
const PER_EMAIL = { limit: 10, windowSeconds: WINDOW_SECONDS };

/** Whether this attempt to sign in may be looked at; counts it either way. */
export async function maySignIn(
  attempt: { address: string; email: string },
  withinRate: Limiter,
): Promise<boolean> {
  const [address, email] = await Promise.all([
    withinRate(`sign-in:address:${attempt.address}`, PER_ADDRESS),
    withinRate(`sign-in:email:${attempt.email.trim().toLowerCase()}`, PER_EMAIL),
  ]);
  return address && email;
}
