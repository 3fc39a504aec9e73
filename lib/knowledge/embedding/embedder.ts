/** Turns text into unit vectors. The embedded default and a hosted model stand behind the same type. */
export type Embedder = {
  /** Stored beside the vectors: vectors of different models are never compared. */
  model: string;
  dimensions: number;
  /** One vector per text, in order. Text without a single known character gives the zero vector. */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  close(): Promise<void>;
};

/** Cosine of two unit vectors; a zero vector is similar to nothing. */
export function dot(a: Float32Array, b: Float32Array, offset = 0): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[offset + i] ?? 0);
  return sum;
}
