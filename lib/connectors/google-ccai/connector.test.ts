import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describeConnector } from "#/tests/contracts/connector.ts";
import { googleCcai } from "./index.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");
const fixtures = Object.fromEntries(
  readdirSync(FIXTURES).map((file) => [file, JSON.parse(readFileSync(join(FIXTURES, file), "utf8"))]),
);

describeConnector(googleCcai, fixtures);
