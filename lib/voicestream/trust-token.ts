import { createHash, timingSafeEqual } from "node:crypto";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Compares in a time that tells nothing about either. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

/** How the platform's validation of an address is answered: lowercase hex SHA-256 of the trust token. */
export function validationAnswer(trustToken: string): string {
  return digest(trustToken).toString("hex");
}
