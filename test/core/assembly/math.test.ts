import { beforeAll, describe, expect, it } from "vitest";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { NumberSlot } from "../../../src/generation/layout.js";
import { type RunningProbe, startProbe, throughStage } from "../../generation/simd/probe.js";

let running: RunningProbe;
beforeAll(async () => {
  running = await startProbe();
}, 60_000);

/** Evenly spaced float32 numbers, both ends included. */
function grid(from: number, to: number, count = 400_000): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

/** Positive float32 numbers with every exponent and evenly spread mantissas. */
function everyMagnitude(count = 400_000): Float32Array {
  const [first, last] = [0x00800000, 0x7f7fffff];
  return new Float32Array(
    Uint32Array.from({ length: count }, (_, i) => first + Math.round(((last - first) * i) / (count - 1))).buffer,
  );
}

/** Largest |got - exact| over `scale`, which is |exact| unless said otherwise. */
function largestError(
  got: Float32Array,
  exact: (i: number) => number,
  scale: (i: number) => number = (i) => Math.abs(exact(i)),
): number {
  let largest = 0;
  for (let i = 0; i < got.length; i++) {
    const error = Math.abs(got[i] - exact(i)) / scale(i);
    // A NaN must not slip through a comparison.
    if (!(error <= largest)) largest = error;
  }
  return largest;
}

describe("exp", () => {
  it("is within 1e-7 of Math.exp from -87.3365 to 88.7228", () => {
    for (const x of [grid(-87.3365, 88.7228), grid(-1, 1), grid(-1e-6, 1e-6, 4096)]) {
      const [got] = throughStage(running, running.probe.expStage, [x]);
      expect(largestError(got, (i) => Math.exp(x[i]))).toBeLessThan(1e-7);
    }
  });

  it("is 0 below, stays at the largest numbers above, and keeps NaN", () => {
    const [got] = throughStage(running, running.probe.expStage, [
      Float32Array.of(-87.34, -1e4, -3e38, -Infinity, 88.7229, 1e4, 3e38, Infinity, 0, -0, NaN, 88),
    ]);
    expect([...got.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    for (const large of got.subarray(4, 8)) expect(large).toBe(got[4]);
    expect(got[4]).toBeGreaterThan(3.402e38);
    expect(got[4]).toBeLessThan(Infinity);
    expect([...got.subarray(8, 11)]).toEqual([1, 1, NaN]);
  });
});

describe("log", () => {
  it("is within 1e-7 of Math.log for every magnitude, also near 1 where the logarithm vanishes", () => {
    for (const x of [everyMagnitude(), grid(0.5, 2), grid(0.999, 1.001), grid(1 - 2 ** -20, 1 + 2 ** -20, 48)]) {
      const [got] = throughStage(running, running.probe.logStage, [x]);
      expect(
        largestError(
          got,
          (i) => Math.log(x[i]),
          (i) => (x[i] === 1 ? 1 : Math.abs(Math.log(x[i]))),
        ),
      ).toBeLessThan(1e-7);
    }
  });

  it("takes zero, negative and subnormal numbers for the smallest normal one, and is finite everywhere", () => {
    const [got] = throughStage(running, running.probe.logStage, [
      Float32Array.of(0, -0, -1, 1e-40, 2 ** -126, Infinity, NaN, 1),
    ]);
    for (const low of got.subarray(0, 5)) expect(low).toBeCloseTo(-126 * Math.LN2, 4);
    expect(got.every(Number.isFinite)).toBe(true);
    expect(got[7]).toBe(0);
  });
});

describe("pow", () => {
  it("loses as much as its exponent grows: 1e-7 + 1.5e-7 |y ln x|", () => {
    const count = 200_000;
    const x = Float32Array.from({ length: count }, (_, i) => Math.exp(-20 + 40 * ((i * 0.6180339887498949) % 1)));
    const y = grid(-4, 4, count);
    const [got] = throughStage(running, running.probe.powStage, [x, y]);
    expect(
      largestError(
        got,
        (i) => x[i] ** y[i],
        (i) => x[i] ** y[i] * (1e-7 + 1.5e-7 * Math.abs(y[i] * Math.log(x[i]))),
      ),
    ).toBeLessThan(1);
  });

  it("of 1 is 1 and to the power 0 is 1", () => {
    const [got] = throughStage(running, running.probe.powStage, [
      Float32Array.of(1, 1, 0.3, 7),
      Float32Array.of(5, -80, 0, 0),
    ]);
    expect([...got]).toEqual([1, 1, 1, 1]);
  });
});

describe("sigmoid", () => {
  it("is within 1.8e-7 of 1 / (1 + exp(-x)), relative also where it is tiny", () => {
    const x = grid(-87, 87);
    const [got] = throughStage(running, running.probe.sigmoidStage, [x]);
    expect(largestError(got, (i) => 1 / (1 + Math.exp(-x[i])))).toBeLessThan(1.8e-7);
  });
});

describe("sin2pi and cos2pi", () => {
  it("are within 1.8e-7 of sine and cosine of a turn, and meet all quarter turns exactly", () => {
    const u = grid(0, 1);
    const [sine, cosine] = throughStage(running, running.probe.sincosStage, [u], [2, 3]);
    expect(
      largestError(
        sine,
        (i) => Math.sin(2 * Math.PI * u[i]),
        () => 1,
      ),
    ).toBeLessThan(1.8e-7);
    expect(
      largestError(
        cosine,
        (i) => Math.cos(2 * Math.PI * u[i]),
        () => 1,
      ),
    ).toBeLessThan(1.8e-7);
    const [sines, cosines] = throughStage(
      running,
      running.probe.sincosStage,
      [Float32Array.of(0, 0.25, 0.5, 0.75)],
      [2, 3],
    );
    expect([...sines].map(Math.round)).toEqual([0, 1, 0, -1]);
    expect([...cosines].map(Math.round).map(Math.abs)).toEqual([1, 0, 1, 0]);
    expect([sines[0], sines[2], cosines[1], cosines[3]].map(Math.abs)).toEqual([0, 0, 0, 0]);
  });

  it("are as exact relative to themselves next to their zeros: normal numbers may be small", () => {
    for (const zero of [0, 0.25, 0.5, 0.75]) {
      const u = grid(zero + 2 ** -23, zero + 2 ** -10, 8191);
      const [sine, cosine] = throughStage(running, running.probe.sincosStage, [u], [2, 3]);
      // Measured from the zero, where Math.sin of a rounded 2 π u would not be exact.
      const small = (i: number): number => Math.sin(2 * Math.PI * (u[i] - zero));
      expect(
        largestError((zero * 4) % 2 === 0 ? sine : cosine, (i) => (zero === 0.25 || zero === 0.5 ? -1 : 1) * small(i)),
      ).toBeLessThan(1.8e-7);
    }
  });
});

describe("normalPair", () => {
  it("is boxMuller of src/core within 3e-7 of the radius", () => {
    const count = 400_000;
    const u1 = Float32Array.from(
      { length: count },
      (_, i) => (Math.floor(((i * 0.6180339887498949) % 1) * 2 ** 23) + 0.5) * 2 ** -23,
    );
    const u2 = grid(2 ** -24, 1 - 2 ** -24, count);
    const [first, second] = throughStage(running, running.probe.normalStage, [u1, u2], [2, 3]);
    const radius = (i: number): number => Math.sqrt(-2 * Math.log(u1[i]));
    expect(largestError(first, (i) => boxMuller(u1[i], u2[i])[0], radius)).toBeLessThan(3e-7);
    expect(largestError(second, (i) => boxMuller(u1[i], u2[i])[1], radius)).toBeLessThan(3e-7);
  });

  it("is 0 where u1 is 1, and 5.77 at most with uniform numbers of 23 bits", () => {
    const [first, second] = throughStage(
      running,
      running.probe.normalStage,
      [Float32Array.of(1, 2 ** -24, 2 ** -24, 1), Float32Array.of(0.3, 0, 0.25, 0)],
      [2, 3],
    );
    expect([Math.abs(first[0]), Math.abs(second[0])]).toEqual([0, 0]);
    expect(first[1]).toBeCloseTo(5.768108, 5);
    expect(second[2]).toBeCloseTo(5.768108, 5);
  });
});

describe("min, max, select and gather", () => {
  it("choose per lane, keep NaN of the first and drop NaN of the second operand", () => {
    const [low, high, chosen] = throughStage(
      running,
      running.probe.minMaxStage,
      [Float32Array.of(1, 2, NaN, 4), Float32Array.of(2, 1, 3, NaN)],
      [2, 3, 4],
    );
    expect([...low]).toEqual([1, 1, NaN, 4]);
    expect([...high]).toEqual([2, 2, NaN, 4]);
    expect([...chosen]).toEqual([1, 1, 3, NaN]);
  });

  it("gather reads table[index] for each lane", () => {
    const { probe, numbers, words } = running;
    words(0).set(Uint32Array.from({ length: 4096 }, (_, i) => (i * 1237) % 4096));
    numbers(1).set(Float32Array.from({ length: 4096 }, (_, i) => i / 8));
    probe.gatherStage(0, 4096);
    expect([...numbers(2)]).toEqual(Array.from(words(0), (index) => index / 8));
  });
});

describe("slots of a row", () => {
  it("mean the same to tsc and to the AssemblyScript compiler", () => {
    expect(running.probe.slotOfLeadYield()).toBe(NumberSlot.leadYield);
  });
});
