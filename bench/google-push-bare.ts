import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A plain HTTP server that reads the body and answers 204: what any door costs at least. */
const server = createServer((request, response) => {
  request.resume();
  request.once("end", () => response.writeHead(204).end());
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit(0));
