import { describeConnector } from "#/tests/contracts/connector.ts";
import { eightByEight } from "./index.ts";

describeConnector(eightByEight, {});
