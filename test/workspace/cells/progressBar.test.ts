import { afterEach, describe, expect, it, vi } from "vitest";
import { installDisplayHook } from "../../../src/workspace/kernel/displayHook.js";
import type { MimeBundle } from "../../../src/workspace/notebooks/Notebook.js";
import { progressBar } from "../../../src/workspace/cells/progressBar.js";

afterEach(() => {
  delete (globalThis as Record<symbol, unknown>)[Symbol.for("cspbbr3-twin.display")];
  vi.restoreAllMocks();
});

function inKernel(): { readonly begun: MimeBundle[]; readonly updates: MimeBundle[] } {
  const begun: MimeBundle[] = [];
  const updates: MimeBundle[] = [];
  installDisplayHook({
    show: () => undefined,
    clear: () => undefined,
    ask: () => Promise.resolve(""),
    showUpdatable: (data) => {
      begun.push(data);
      return (next) => updates.push(next);
    },
  });
  return { begun, updates };
}

describe("progressBar", () => {
  it("begins one display and updates it, at most 50 times, up to all steps done", () => {
    const { begun, updates } = inKernel();
    const progress = progressBar("resamples", 10_000);
    for (let step = 0; step < 10_000; step++) progress.advance();
    expect(begun).toHaveLength(1);
    expect(updates).toHaveLength(50);
    expect(updates.at(-1)).toEqual({
      "text/html": '<label>resamples <progress value="10000" max="10000"></progress> 10000 of 10000</label>',
      "text/plain": "resamples [##############################] 10000 of 10000",
    });
  });

  it("ends in the same display however the steps are grouped", () => {
    const { updates } = inKernel();
    const whole = progressBar("rows", 7);
    whole.advance(7);
    const [atOnce] = updates;
    const stepwise = progressBar("rows", 7);
    for (let step = 0; step < 7; step++) stepwise.advance();
    expect(updates.at(-1)).toEqual(atOnce);
  });

  it("escapes its label", () => {
    const { begun } = inKernel();
    progressBar("<b>", 1);
    expect(begun[0]["text/html"]).toContain("&lt;b&gt;");
  });

  it("writes plain lines outside a kernel", () => {
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const progress = progressBar("folds", 10);
    for (let step = 0; step < 10; step++) progress.advance();
    expect(write.mock.calls.map(([line]) => line)).toEqual([2, 4, 6, 8, 10].map((done) => `folds: ${done} of 10\n`));
  });

  it("refuses a total that is no count and more steps than there are", () => {
    for (const total of [0, -1, 1.5, Number.NaN]) expect(() => progressBar("x", total)).toThrow(RangeError);
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const progress = progressBar("x", 2);
    expect(() => progress.advance(3)).toThrow(/has 2 steps/);
    expect(() => progress.advance(-1)).toThrow(RangeError);
  });
});
