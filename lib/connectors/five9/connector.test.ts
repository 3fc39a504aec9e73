import { describeConnector } from "#/tests/contracts/connector.ts";
import { five9 } from "./index.ts";

describeConnector(five9, {});
