import { expect, test } from "vitest";
import { connectionFormSchema, newConnectionSchema, savedFormSchema } from "./connection-form.ts";

test("what a connector's schema refuses is said at its field", () => {
  const refused = savedFormSchema.safeParse({
    connectionId: crypto.randomUUID(),
    platform: "genesys",
    name: "Main",
    clientId: "x y",
    environment: "https://evil.example",
  });
  const fields = refused.error?.issues.map(({ path }) => path.join("."));
  expect(fields).toEqual(expect.arrayContaining(["clientId", "environment"]));
});

test("the fields that a platform requires are asked for, but for secrets that are stored", () => {
  const form = { platform: "8x8", name: "8x8", tenantId: "larkfield", site: "us1" };
  const fieldsOf = (schema: typeof newConnectionSchema) =>
    schema.safeParse(form).error?.issues.map(({ path, message }) => [path.join("."), message]);
  expect(fieldsOf(newConnectionSchema)).toEqual([["apiKey", "Fill this in."]]);
  expect(fieldsOf(connectionFormSchema)).toBeUndefined();
});

test("a new connection's switches begin as the manifest says, a saved form's as they were sent", () => {
  const form = { platform: "genesys", name: "Main" };
  expect(newConnectionSchema.parse(form).settings).toMatchObject({ voice: true, serverMessages: false });
  expect(connectionFormSchema.parse({ ...form, serverMessages: "on" }).settings).toMatchObject({
    voice: false,
    serverMessages: true,
  });
});

test("secrets never stand among the settings, and nothing that no field names comes in", () => {
  const form = {
    platform: "genesys",
    name: "Main",
    environment: "eu-west-1",
    clientId: "12345678-aaaa",
    clientSecret: "hush",
    audiohookApiKey: "chosen by me",
    embedToken: "chosen by me",
  };
  const { settings, secrets } = newConnectionSchema.parse(form);
  expect(secrets).toEqual({ clientSecret: "hush" });
  expect(JSON.stringify(settings)).not.toMatch(/hush|chosen/);
});

test("a client without its region is refused at the region", () => {
  const refused = newConnectionSchema.safeParse({
    platform: "genesys",
    name: "Main",
    clientId: "12345678-aaaa",
  });
  expect(refused.error?.issues.map(({ path }) => path.join("."))).toEqual(["environment"]);
});
