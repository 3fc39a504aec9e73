import { expect, test } from "vitest";
import {
  API_KEY_PATTERN,
  CLIENT_SECRET_PATTERN,
  clientSecretKey,
  newAudiohookCredentials,
} from "./credentials.ts";

test("new credentials are random and fit the platform's fields", () => {
  const first = newAudiohookCredentials();
  expect(first.apiKey).toMatch(API_KEY_PATTERN);
  expect(first.clientSecret).toMatch(CLIENT_SECRET_PATTERN);
  expect(clientSecretKey(first.clientSecret)).toHaveLength(32);
  expect(newAudiohookCredentials()).not.toEqual(first);
});

test("text that is not base64 gives no key", () => {
  expect(clientSecretKey("not a secret")).toBeUndefined();
});
