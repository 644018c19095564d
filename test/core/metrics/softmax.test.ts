import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { softmax } from "../../../src/core/metrics/softmax.js";

describe("softmax", () => {
  it("has rows that sum to 1 and stand to each other as the exponentials of their logits, however large", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 2, maxLength: 5 }),
        (logits) => {
          const probabilities = softmax(logits, logits.length);
          expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
          probabilities.forEach((one, k) => {
            if (one > 1e-300 && probabilities[0] > 1e-300)
              expect(Math.log(one / probabilities[0])).toBeCloseTo(logits[k] - logits[0], 9);
          });
        },
      ),
    );
  });

  it("leaves out what follows the logits of a row", () => {
    const probabilities = softmax([0, 0, 99, 0, Math.log(3), -99], 2, 3);
    expect(probabilities).toHaveLength(4);
    [0.5, 0.5, 0.25, 0.75].forEach((wanted, i) => expect(probabilities[i]).toBeCloseTo(wanted, 14));
  });
});
