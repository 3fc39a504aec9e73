/** Five9's status codes (contract section 3); `CLIENT` ones come from the platform, `SERVER` ones from us. */
export const CLIENT = {
  success: 0,
  callEnded: 1,
  hold: 2,
  resume: 3,
  disconnect: 4,
  noResource: 100,
  timeout: 101,
  generic: 102,
} as const;

export const SERVER = {
  startStreaming: 1001,
  pauseStreaming: 1002,
  disconnect: 1011,
  reconnect: 1012,
  noResource: 1100,
  timeout: 1101,
  generic: 1102,
} as const;

export type ServerCode = (typeof SERVER)[keyof typeof SERVER];
