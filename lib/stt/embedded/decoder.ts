import type { Transcript } from "./moonshine.ts";
import type { Mortal } from "./supervisor.ts";

export type DecodeRequest = {
  /** 8 kHz. */
  samples: Int16Array;
  /** The voice detector heard enough to be sure that somebody spoke. */
  speech: boolean;
  /** Somebody is still speaking. */
  draft?: boolean;
};

/** Turns one stretch of audio into text, one at a time. The embedded one is a thread; tests bring their own. */
export type Decoder = Mortal & {
  /** Undefined when it was cancelled. */
  decode(request: DecodeRequest): Promise<Transcript | undefined>;
  /** Asks the running decode to stop early; it need not obey. */
  cancel(): void;
};

export type StartDecoder = () => Promise<Decoder>;
