import fc from "fast-check";

export interface Forecasts {
  readonly classes: number;
  readonly labels: readonly number[];
  /** Row-major. */
  readonly probabilities: readonly number[];
}

/** Labels of at least two classes, and probabilities that need not fit them. */
export const anyForecasts: fc.Arbitrary<Forecasts> = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 4, max: 40 }))
  .chain(([classes, rows]) =>
    fc.record({
      classes: fc.constant(classes),
      labels: fc
        .array(fc.nat(classes - 1), { minLength: rows, maxLength: rows })
        .map((labels) => [0, 1, ...labels.slice(2)]),
      probabilities: fc
        .array(fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: classes, maxLength: classes }), {
          minLength: rows,
          maxLength: rows,
        })
        .map((logits) => logits.flatMap(softmax)),
    }),
  );

export function softmax(logits: readonly number[]): number[] {
  const odds = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  const total = odds.reduce((a, b) => a + b);
  return odds.map((one) => one / total);
}
