/** Where the started product is, as `npm test` passes it. */
export const PORTAL = given("PORTAL_URL");
export const DATABASE = given("DATABASE_URL");
export const DEMO = { email: given("DEMO_EMAIL"), password: given("DEMO_PASSWORD") };
/** The one private port that the product may call: the tests' own model server listens there. */
export const MODEL_SERVER_PORT = Number(given("MODEL_SERVER_PORT"));

/** A variable that the started product's surroundings set. */
export function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: "npm test" starts the product and sets it.`);
  return value;
}
