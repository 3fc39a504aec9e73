/** Headers that `proxy.ts` sets on a request for the pages behind it; what a browser sends under these names is replaced. */
export const PATH_HEADER = "x-omnibots-path";
export const NONCE_HEADER = "x-nonce";
