/** ∫ f(u) φ(u / spread) / spread du on a fine even grid: the integration that tests of spreads of batches rest on. */
export function averageOver(f: (u: number) => number, spread: number): number {
  if (spread === 0) return f(0);
  const step = spread / 50;
  let sum = 0;
  for (let u = -8 * spread; u <= 8 * spread; u += step)
    sum += f(u) * Math.exp(-(u ** 2) / (2 * spread ** 2)) * (step / (spread * Math.sqrt(2 * Math.PI)));
  return sum;
}

export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
