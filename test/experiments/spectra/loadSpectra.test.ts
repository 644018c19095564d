import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RawTable } from "../../../src/core/RawTable.js";
import { numbersOf, textsOf } from "../../../src/core/Table.js";
import { loadAllNanoplatelets } from "../../../src/experiments/loadAllNanoplatelets.js";
import { realTable } from "../../../src/experiments/manifest.js";
import { loadSpectra, spectrumAt } from "../../../src/experiments/spectra/loadSpectra.js";
import { spectrumPeak } from "../../../src/experiments/spectra/spectrumPeak.js";
import { spectrumWidth } from "../../../src/experiments/spectra/spectrumWidth.js";
import { tracedRows } from "../../../src/experiments/tracedRows.js";
import { readRawCsv } from "../../../src/io/tables/readRawCsv.js";
import { hasRealData, realData } from "../../support/realData.js";

const names = Array.from({ length: 201 }, (_, i) => `nm${400 + i}`);

function rawOf(...samples: readonly { readonly sample: string; readonly cell?: string | null }[]): RawTable {
  const columns = Object.fromEntries(
    names.map((name) => [name, samples.map(({ cell = "3.5" }) => (name === "nm450" ? cell : "1"))]),
  );
  return {
    where: "spectra.csv",
    sha256: "00",
    numRows: samples.length,
    headerLine: 1,
    columns: { sample: samples.map(({ sample }) => sample), ...columns },
  };
}

describe("loadSpectra", () => {
  it("keeps counts as they are, with a gap where none was recorded", () => {
    const { table } = loadSpectra(rawOf({ sample: "2" }, { sample: "j3", cell: null }));
    expect(textsOf(table, "experiment")).toEqual(["sample 2", "sample j3"]);
    expect(spectrumAt(table, 0).counts[50]).toBe(3.5);
    expect(spectrumAt(table, 1).counts[50]).toBeNaN();
    expect(spectrumAt(table, 1).wavelengths[50]).toBe(450);
  });

  it("refuses a text in the place of counts, a sample that comes twice and a column that is absent", () => {
    expect(() => loadSpectra(rawOf({ sample: "2", cell: "bright" }))).toThrow(
      /spectra\.csv, row 1, column nm450: must be a number of counts.*got "bright"/,
    );
    expect(() => loadSpectra(rawOf({ sample: "2" }, { sample: "2" }))).toThrow(/row 2.*got "2", as in row 1/);
    const { columns, ...rest } = rawOf({ sample: "2" });
    const { nm600: _, ...fewer } = columns;
    expect(() => loadSpectra({ ...rest, columns: fewer })).toThrow(/the column "nm600" must be there/);
  });
});

describe.skipIf(!hasRealData)("the published spectra (skipped without ../shared/real-data)", async () => {
  const read = hasRealData
    ? {
        spectra: loadSpectra(await readRawCsv(join(realData, "cspbbr3_nanoplatelets_spectra.csv"))).table,
        syntheses: loadAllNanoplatelets(await readRawCsv(join(realData, "cspbbr3_nanoplatelets_full.csv"))).table,
      }
    : null;

  it("belong to syntheses whose peaks are the brightest wavelengths to 1 nm, and ours to 0.5 nm at the median", () => {
    const { spectra, syntheses } = read!;
    expect(tracedRows(spectra, realTable("nanoplatelet-spectra"))).toBe(326);
    const [peaks, widths] = ["photoluminescencePeakNanometre", "photoluminescenceWidthNanometre"].map(
      (name) =>
        new Map(
          textsOf(syntheses, "experiment").map((experiment, row) => [experiment, numbersOf(syntheses, name)[row]]),
        ),
    );
    const misses = textsOf(spectra, "experiment").map((experiment, row) => {
      const spectrum = spectrumAt(spectra, row);
      const peak = spectrumPeak(spectrum);
      return {
        brightest: Math.abs(peak.brightest! - peaks.get(experiment)!),
        peak: Math.abs(peak.wavelength! - peaks.get(experiment)!),
        width: spectrumWidth(spectrum).width! - widths.get(experiment)!,
      };
    });
    const median = (of: "peak" | "width"): number =>
      misses.map((one) => Math.abs(one[of])).sort((a, b) => a - b)[misses.length >> 1];
    expect(Math.max(...misses.map(({ brightest }) => brightest))).toBeLessThanOrEqual(1);
    expect(median("peak")).toBeLessThanOrEqual(0.5);
    expect(median("width")).toBeLessThanOrEqual(0.1);
  });
});
