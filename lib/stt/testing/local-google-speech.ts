import { Server, ServerCredentials, type ServerDuplexStream, status } from "@grpc/grpc-js";
import protobuf from "protobufjs";

/** The service's own description of what it takes and says, as far as tests need it. */
const PROTO = `
  syntax = "proto3";
  package google.cloud.speech.v2;
  message Duration { int64 seconds = 1; int32 nanos = 2; }
  message ExplicitDecodingConfig {
    enum AudioEncoding { AUDIO_ENCODING_UNSPECIFIED = 0; LINEAR16 = 1; MULAW = 2; ALAW = 3; }
    AudioEncoding encoding = 1;
    int32 sample_rate_hertz = 2;
    int32 audio_channel_count = 3;
  }
  message RecognitionFeatures {
    bool profanity_filter = 1;
    bool enable_word_time_offsets = 2;
    bool enable_word_confidence = 3;
    bool enable_automatic_punctuation = 4;
  }
  message RecognitionConfig {
    string model = 9;
    repeated string language_codes = 10;
    ExplicitDecodingConfig explicit_decoding_config = 8;
    RecognitionFeatures features = 2;
  }
  message StreamingRecognitionFeatures { bool enable_voice_activity_events = 1; bool interim_results = 2; }
  message StreamingRecognitionConfig {
    RecognitionConfig config = 1;
    StreamingRecognitionFeatures streaming_features = 2;
  }
  message StreamingRecognizeRequest {
    string recognizer = 3;
    oneof streaming_request { StreamingRecognitionConfig streaming_config = 6; bytes audio = 5; }
  }
  message WordInfo {
    Duration start_offset = 1;
    Duration end_offset = 2;
    string word = 3;
    float confidence = 4;
  }
  message SpeechRecognitionAlternative {
    string transcript = 1;
    float confidence = 2;
    repeated WordInfo words = 3;
  }
  message StreamingRecognitionResult {
    repeated SpeechRecognitionAlternative alternatives = 1;
    bool is_final = 2;
    float stability = 3;
    Duration result_end_offset = 4;
  }
  message StreamingRecognizeResponse { repeated StreamingRecognitionResult results = 6; }
`;
const { root } = protobuf.parse(PROTO);
const requestType = root.lookupType("google.cloud.speech.v2.StreamingRecognizeRequest");
const responseType = root.lookupType("google.cloud.speech.v2.StreamingRecognizeResponse");

type Request = { recognizer?: string; streamingConfig?: Record<string, unknown>; audio?: Buffer };
type Stream = ServerDuplexStream<Request, object>;

const offset = (seconds: number) => ({
  seconds: Math.floor(seconds),
  nanos: Math.round((seconds % 1) * 1e9),
});

/** One stream as the service sees it; a test makes it speak. */
export class GoogleStream {
  readonly requests: Request[] = [];
  readonly heard: number[] = [];
  readonly authorization: string | undefined;
  readonly routing: string | undefined;
  ended = false;
  cancelled = false;
  /** The answer to the end of the audio is a test's own: it calls `close`. */
  holdEnd = false;
  /** What the end of the audio is answered with. */
  atEnd: (stream: GoogleStream) => void = () => undefined;
  readonly #call: Stream;

  constructor(call: Stream, reads: boolean) {
    this.#call = call;
    const header = (name: string) => call.metadata.get(name)[0]?.toString();
    this.authorization = header("authorization");
    this.routing = header("x-goog-request-params");
    call.on("cancelled", () => {
      this.cancelled = true;
    });
    call.on("error", () => undefined);
    if (!reads) return;
    call.on("data", (request: Request) => this.#take(request));
    call.on("end", () => {
      this.ended = true;
      this.atEnd(this);
      if (!this.holdEnd) this.close();
    });
  }

  get heardMs(): number {
    return this.heard.length / 8;
  }

  guess(...parts: { text: string; end: number }[]): void {
    this.#say(
      parts.map(({ text, end }) => ({ alternatives: [{ transcript: text }], resultEndOffset: offset(end) })),
    );
  }

  /** Words fill the time between `start` and `end` evenly. */
  final(text: string, start: number, end: number): void {
    const words = text.trim().split(" ");
    const each = (end - start) / words.length;
    this.#say([
      {
        isFinal: true,
        resultEndOffset: offset(end),
        alternatives: [
          {
            transcript: text,
            confidence: 0.9,
            words: words.map((word, i) => ({
              word,
              startOffset: offset(start + i * each),
              endOffset: offset(start + (i + 1) * each),
              confidence: 0.75,
            })),
          },
        ],
      },
    ]);
  }

  close(): void {
    this.#call.end();
  }

  fail(code: number, details = "no"): void {
    this.#call.emit("error", { code, details });
  }

  #say(results: object[]): void {
    this.#call.write({ results });
  }

  #take(request: Request): void {
    this.requests.push(request);
    const { audio } = request;
    if (!audio) return;
    for (let at = 0; at < audio.length; at += 2) this.heard.push(audio.readInt16LE(at));
  }
}

/** A small server that speaks Speech-to-Text v2's streaming call, on a free port of this machine. */
export async function localGoogleSpeech() {
  const streams: GoogleStream[] = [];
  const state = { refuseWith: 0, reads: true, onStream: (_: GoogleStream) => {} };
  const server = new Server();
  server.addService(
    {
      streamingRecognize: {
        path: "/google.cloud.speech.v2.Speech/StreamingRecognize",
        requestStream: true,
        responseStream: true,
        requestSerialize: (value: object) => Buffer.from(requestType.encode(value).finish()),
        requestDeserialize: (bytes: Buffer) =>
          requestType.toObject(requestType.decode(bytes), { longs: Number }),
        responseSerialize: (value: object) =>
          Buffer.from(responseType.encode(responseType.fromObject(value)).finish()),
        responseDeserialize: (bytes: Buffer) => responseType.decode(bytes),
      },
    },
    {
      streamingRecognize: (call: Stream) => {
        const stream = new GoogleStream(call, state.reads && state.refuseWith === 0);
        if (state.refuseWith !== 0) {
          stream.fail(state.refuseWith);
          return;
        }
        state.onStream(stream);
        streams.push(stream);
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return {
    state,
    streams,
    status,
    endpoint: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    close: async () => server.forceShutdown(),
  };
}
