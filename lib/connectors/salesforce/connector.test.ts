import { describeConnector } from "#/tests/contracts/connector.ts";
import { salesforce } from "./index.ts";

describeConnector(salesforce, {});
