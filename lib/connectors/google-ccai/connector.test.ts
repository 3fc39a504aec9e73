import { describeConnector } from "#/tests/contracts/connector.ts";
import { googleCcai } from "./index.ts";

describeConnector(googleCcai, {});
