import type { Entity } from "#/lib/audiohook/session-contract.ts";
import { transcriptEntity } from "#/lib/audiohook/transcript-entity.ts";
import type { Speaker } from "#/lib/events/conversation-event.ts";
import type { Recognition } from "#/lib/stt/speech-engine.ts";

/** The platform counts messages: guesses of both parties together come no faster than this. */
const GUESS_EVERY_MS = 500;

export type TranscriptEventsOptions = {
  /** Who speaks on each channel of the selected media, in its order. */
  parties: readonly Speaker[];
  send: (entities: readonly Entity[]) => void;
  now: () => number;
};

/** Tells the platform what was said, as it comes; only what has word times, because the platform asks for them. */
export class TranscriptEvents {
  readonly #options: TranscriptEventsOptions;
  #guessedAt = Number.NEGATIVE_INFINITY;

  constructor(options: TranscriptEventsOptions) {
    this.#options = options;
  }

  interim(speaker: Speaker, recognition: Recognition, language: string | undefined): void {
    const now = this.#options.now();
    if (now - this.#guessedAt < GUESS_EVERY_MS) return;
    if (this.#tell(speaker, recognition, language, false)) this.#guessedAt = now;
  }

  final(speaker: Speaker, recognition: Recognition, language: string | undefined): void {
    this.#tell(speaker, recognition, language, true);
  }

  #tell(speaker: Speaker, recognition: Recognition, language: string | undefined, isFinal: boolean): boolean {
    const { utteranceId: id, words, text, startMs, durationMs, confidence } = recognition;
    const channelId = this.#options.parties.indexOf(speaker);
    if (!words || words.length === 0 || channelId < 0) return false;
    const utterance = { id, channelId, isFinal, text, startMs, durationMs, words };
    const told = { ...(confidence !== undefined && { confidence }), ...(language && { language }) };
    this.#options.send([transcriptEntity({ ...utterance, ...told })]);
    return true;
  }
}
