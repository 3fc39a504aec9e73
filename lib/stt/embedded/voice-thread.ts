import { loadSilero } from "./silero.ts";
import { serveThread } from "./thread-server.ts";

/** Runs as a thread: the voice detector of all streams. */
export type VoiceNews = { forget: number };

const silero = await loadSilero();

serveThread(silero.detect, (news) => silero.forget((news as VoiceNews).forget));
