/** What the global set-up hands on to the helpers beside this file. */
export type TestServices = { ownerUrl: string; appUser: string; appPassword: string; redisUrl: string };

declare module "vitest" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be added to from outside.
  export interface ProvidedContext {
    services: TestServices;
  }
}

/** Every test file's database is a copy of this one. */
export const TEMPLATE_DATABASE = "template_of_tests";

export function appUrlOf(services: TestServices, database: string): string {
  const url = new URL(services.ownerUrl);
  url.username = services.appUser;
  url.password = services.appPassword;
  url.pathname = database;
  return url.toString();
}
