import { beforeAll, describe, expect, it } from "vitest";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { philox4x32 } from "../../../src/core/random/philox4x32.js";
import { philoxUniform } from "../../../src/core/random/philoxUniforms.js";
import { columnRows, type RunningProbe, startProbe, throughStage } from "../../generation/simd/probe.js";

let running: RunningProbe;
beforeAll(async () => {
  running = await startProbe();
}, 60_000);

type Key = readonly [number, number];

/** Uniform numbers of word 0 to 3 of one block, `count` rows from row 0 on. */
function uniforms(key: Key, block: number, count: number): Float32Array[] {
  const { probe, numbers } = running;
  const drawn = Array.from({ length: 4 }, () => new Float32Array(count));
  probe.setKey(...key);
  for (let from = 0; from < count; from += columnRows) {
    probe.uniformStage(0, columnRows, from, block);
    drawn.forEach((column, word) =>
      column.set(numbers(2 + word).subarray(0, Math.min(columnRows, count - from)), from),
    );
  }
  return drawn;
}

function mean(values: Float32Array, f: (x: number) => number = (x) => x): number {
  return values.reduce((sum, x) => sum + f(x), 0) / values.length;
}

/** Correlation of uniform numbers, whose mean and variance are known. */
function correlation(a: Float32Array, b: Float32Array): number {
  return (a.reduce((sum, x, i) => sum + (x - 0.5) * (b[i] - 0.5), 0) / a.length) * 12;
}

describe("philox", () => {
  it.each([
    ["the first rows", 0, 0, [0, 0]],
    ["rows beyond 2^31", 0x7fffff00, 3, [0xa4093822, 0x299f31d0]],
    ["the last rows below 2^32", 0xfffff000, 0xffffffff, [0xffffffff, 0xffffffff]],
  ] as const)("gives every word of philox4x32 for %s, with attempts of their own", (_, firstRow, block, key) => {
    const { probe, words } = running;
    const attempts = Uint32Array.from({ length: columnRows }, (_row, i) =>
      i % 3 === 0 ? 0 : (i * 2654435761) >>> (i % 32),
    );
    words(0).set(attempts);
    probe.setKey(key[0], key[1]);
    probe.wordStage(0, columnRows, firstRow, block);
    const out = new Uint32Array(4);
    const expected = Array.from({ length: 4 }, () => new Uint32Array(columnRows));
    for (let i = 0; i < columnRows; i++) {
      philox4x32([(firstRow + i) >>> 0, attempts[i], block, 0], key, out);
      expected.forEach((column, word) => (column[i] = out[word]));
    }
    expect([2, 3, 4, 5].map((column) => [...words(column)])).toEqual(expected.map((column) => [...column]));
  });

  it("computes rows [from, to) alone", () => {
    const { probe, words } = running;
    words(2).fill(7);
    probe.wordStage(256, 512, 0, 0);
    expect(
      words(2)
        .subarray(0, 256)
        .every((word) => word === 7),
    ).toBe(true);
    expect(
      words(2)
        .subarray(512)
        .every((word) => word === 7),
    ).toBe(true);
    expect(
      words(2)
        .subarray(256, 512)
        .some((word) => word === 7),
    ).toBe(false);
  });

  it("makes the uniform numbers of philoxUniform, bit for bit", () => {
    const { probe, words } = running;
    words(0).fill(0);
    const key: Key = [12, 34];
    const drawn = uniforms(key, 5, columnRows);
    probe.wordStage(0, columnRows, 0, 5);
    for (let word = 0; word < 4; word++) expect([...drawn[word]]).toEqual(Array.from(words(2 + word), philoxUniform));
  });

  it("has uniform moments: mean 1/2, variance 1/12, fourth central moment 1/80, and even bins", () => {
    const count = 250_000;
    for (const column of uniforms([1, 2], 0, count)) {
      expect(Math.abs(mean(column) - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / count));
      expect(Math.abs(mean(column, (x) => (x - 0.5) ** 2) - 1 / 12)).toBeLessThan(
        4 * Math.sqrt((1 / 80 - 1 / 144) / count),
      );
      expect(Math.abs(mean(column, (x) => (x - 0.5) ** 4) - 1 / 80)).toBeLessThan(
        4 * Math.sqrt((1 / 2304 - 1 / 6400) / count),
      );
      const bins = new Float64Array(100);
      for (const x of column) bins[Math.floor(100 * x)]++;
      // Points of chi-squared with 99 degrees of freedom at 0.01 % and 99.99 %.
      const statistic = bins.reduce((sum, n) => sum + (n - count / 100) ** 2 / (count / 100), 0);
      expect(statistic).toBeGreaterThan(53.8);
      expect(statistic).toBeLessThan(161.3);
    }
  });

  it("has independent streams: words, blocks, keys and neighbouring rows do not correlate (4 sigma)", () => {
    const count = 250_000;
    const streams = [
      ...uniforms([1, 2], 0, count),
      ...uniforms([1, 2], 1, count),
      ...uniforms([1, 3], 0, count),
      ...uniforms([2, 2], 0, count),
    ];
    const bound = 4 / Math.sqrt(count);
    for (let i = 0; i < streams.length; i++) {
      for (let j = 0; j < i; j++) expect(Math.abs(correlation(streams[i], streams[j]))).toBeLessThan(bound);
      expect(Math.abs(correlation(streams[i].subarray(1), streams[i].subarray(0, -1)))).toBeLessThan(bound);
    }
  });
});

describe("normal numbers from Philox", () => {
  it("have the moments and the tails of the standard normal distribution, and pairs are uncorrelated", () => {
    const count = 1_000_000;
    const [u1, u2] = uniforms([99, 7], 2, count);
    const pair = throughStage(running, running.probe.normalStage, [u1, u2], [2, 3]);
    for (const z of pair) {
      // Variance of the k-th power: its 2k-th moment less the square of the k-th.
      expect(Math.abs(mean(z))).toBeLessThan(4 * Math.sqrt(1 / count));
      expect(Math.abs(mean(z, (x) => x ** 2) - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
      expect(Math.abs(mean(z, (x) => x ** 3))).toBeLessThan(4 * Math.sqrt(15 / count));
      expect(Math.abs(mean(z, (x) => x ** 4) - 3)).toBeLessThan(4 * Math.sqrt(96 / count));
      // P(|Z| > t), R: 2 * pnorm(-t)
      for (const [t, p] of [
        [1, 0.317310507863],
        [2, 0.0455002638964],
        [3, 0.0026997960633],
        [4, 6.33424836662e-5],
      ]) {
        const beyond = mean(z, (x) => (Math.abs(x) > t ? 1 : 0));
        expect(Math.abs(beyond - p)).toBeLessThan(4 * Math.sqrt(p / count));
      }
    }
    const product = pair[0].reduce((sum, x, i) => sum + x * pair[1][i], 0) / count;
    expect(Math.abs(product)).toBeLessThan(4 / Math.sqrt(count));
    expect([pair[0][0], pair[1][0]].map((z) => z.toFixed(5))).toEqual(boxMuller(u1[0], u2[0]).map((z) => z.toFixed(5)));
  });
});
