import { randomBytes } from "node:crypto";
import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";

const TIMEOUT_MS = 5_000;

/** Asks for a WebSocket upgrade with no credentials at all and answers the status; 401 is the right one. */
export function knock(address: URL, signal: AbortSignal): Promise<number> {
  const secure = address.protocol === "wss:";
  const target = new URL(address);
  target.protocol = secure ? "https:" : "http:";
  return new Promise((resolve, reject) => {
    const request = (secure ? secureRequest : plainRequest)(target, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      agent: false,
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": randomBytes(16).toString("base64"),
      },
    });
    request.on("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on("upgrade", (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    request.on("error", reject);
    request.end();
  });
}
