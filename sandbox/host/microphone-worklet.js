/** Collects what the microphone gives into frames of 100 ms, as 16-bit samples. */
class Pcm16 extends AudioWorkletProcessor {
  frame = new Int16Array(Math.round(sampleRate / 10));
  filled = 0;

  process([input]) {
    for (const sample of input[0] ?? []) {
      this.frame[this.filled] = Math.max(-1, Math.min(1, sample)) * 32_767;
      this.filled += 1;
      if (this.filled === this.frame.length) {
        this.port.postMessage(this.frame.buffer.slice(0));
        this.filled = 0;
      }
    }
    return true;
  }
}

registerProcessor("pcm16", Pcm16);
