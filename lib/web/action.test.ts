import { expect, test } from "vitest";
import * as z from "zod";
import { refusalOf } from "./action.ts";
import { formFields } from "./form-fields.ts";

const schema = z
  .object({
    name: z.string().min(1, "Give it a name."),
    server: z.object({ port: z.coerce.number().max(65535, "Too high.") }),
  })
  .refine((value) => value.name !== "all", "This name is taken.");

function refusal(input: unknown) {
  const result = schema.safeParse(input);
  return result.success ? undefined : refusalOf(result.error);
}

test("each refused field carries its reason under its own name", () => {
  expect(refusal({ name: "", server: { port: "70000" } })?.fields).toEqual({
    name: "Give it a name.",
    "server.port": "Too high.",
  });
});

test("a reason that concerns the whole form is its message", () => {
  expect(refusal({ name: "all", server: { port: 1 } })).toEqual({
    ok: false,
    message: "This name is taken.",
    fields: {},
  });
});

test("a name that a form sends twice becomes a list, and React's own fields are dropped", () => {
  const form = new FormData();
  form.append("title", "Billing");
  form.append("base", "a");
  form.append("base", "b");
  form.append("$ACTION_ID_1", "");
  expect(formFields(form)).toEqual({ title: "Billing", base: ["a", "b"] });
});
