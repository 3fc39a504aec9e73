/** Milliseconds since the epoch; passed in where a test must hold the time still. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
