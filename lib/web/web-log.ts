import { createLog } from "#/lib/kernel/log.ts";

export const webLog = createLog("web");
