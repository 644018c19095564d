/** Mean and variance of a sample. */
export interface SampleMoments {
  readonly n: number;
  readonly mean: number;
  /** With n - 1. */
  readonly variance: number;
}

/** Mean and unbiased variance of numbers. */
export function sampleMoments(values: ArrayLike<number>): SampleMoments {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
  return { n, mean, variance: squares / (n - 1) };
}
