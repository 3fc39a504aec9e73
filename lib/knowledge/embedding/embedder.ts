/** Turns text into unit vectors. The embedded default and a hosted model stand behind the same type. */
export type Embedder = {
  /** Stored beside the vectors: vectors of different models are never compared. */
  model: string;
  dimensions: number;
  /** One vector per text, in order. Text without a single known character gives the zero vector. */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  close(): Promise<void>;
};

/**
 * Cosine of two unit vectors; a zero vector is similar to nothing. `b` may hold many, one after another, and must
 * reach to the end of the one at `offset`. Four sums at a time halve the cost of scanning a base.
 */
export function dot(a: Float32Array, b: Float32Array, offset = 0): number {
  const whole = a.length - (a.length % 4);
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    s0 += (a[i] as number) * (b[offset + i] as number);
    s1 += (a[i + 1] as number) * (b[offset + i + 1] as number);
    s2 += (a[i + 2] as number) * (b[offset + i + 2] as number);
    s3 += (a[i + 3] as number) * (b[offset + i + 3] as number);
  }
  for (let i = whole; i < a.length; i++) s0 += (a[i] as number) * (b[offset + i] as number);
  return s0 + s1 + s2 + s3;
}
