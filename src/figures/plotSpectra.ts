import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { figureLayout, formulaMarkup, seriesStyles, titleWithLine } from "./theme.js";

/** Emission spectra with what is read from them. */
export interface SpectraPlot {
  readonly id: string;
  readonly title?: string;
  /** Of the light, with its unit in parentheses (default "Light (counts)"). */
  readonly yTitle?: string;
  readonly spectra: readonly {
    readonly name: string;
    /** nm, ascending. */
    readonly wavelengths: readonly number[];
    /** In the unit of the axis; null where none was recorded. */
    readonly counts: readonly (number | null)[];
    /** nm, and its height; null where there is none. */
    readonly peak: { readonly wavelength: number; readonly height: number } | null;
    /** nm, between which the line is above `level`, half of its height; null where that cannot be told. */
    readonly half: { readonly low: number; readonly high: number; readonly level: number } | null;
    /** Why peak or half are null. */
    readonly reason?: string;
  }[];
}

/** Of the lines, so that spectra stay apart without colour. */
const dashes: readonly string[] = ["solid", "9px,4px", "2px,3px", "9px,3px,2px,3px", "18px,5px", "5px,2px"];

/**
 * Figure of emission spectra: light against wavelength, a marker at the peak of each and a bar across it at half of its
 * height, from end to end of its width.
 *
 * @throws RangeError if there is none or are more than styles, two have one name, lengths differ, or a half width does
 *   not hold the peak
 */
export function plotSpectra({
  id,
  title = "Emission of CsPbBr3 platelets",
  yTitle = "Light (counts)",
  spectra,
}: SpectraPlot): Figure {
  if (spectra.length === 0 || spectra.length > seriesStyles.length)
    throw new RangeError(`plotSpectra: 1 to ${seriesStyles.length} spectra can be told apart; got ${spectra.length}`);
  spectra.forEach(({ name, wavelengths, counts, peak, half }, k) => {
    if (spectra.findIndex((other) => other.name === name) < k)
      throw new RangeError(`plotSpectra: every spectrum needs a name of its own; got "${name}" twice`);
    if (wavelengths.length !== counts.length)
      throw new RangeError(
        `plotSpectra: ${name} must have a count per wavelength; got ${counts.length} and ${wavelengths.length}`,
      );
    if (half !== null && !(peak !== null && half.low < peak.wavelength && peak.wavelength < half.high))
      throw new RangeError(
        `plotSpectra: the half width of ${name} must hold its peak; ` +
          `got ${half.low} to ${half.high} nm and ${peak === null ? "no peak" : `a peak at ${peak.wavelength} nm`}`,
      );
  });
  const inWords = spectra.map(({ name, peak, half, reason = "not told" }) =>
    peak === null
      ? `${name}: no peak, ${reason}`
      : `${name}: peak at ${tenths(peak.wavelength)} nm, ` +
        (half === null ? `no half width, ${reason}` : `${tenths(half.high - half.low)} nm wide at half height`),
  );
  return {
    id,
    alt: alternativeText(`${title}: ${yTitle} against wavelength (nm).`, `${inWords.join("; ")}.`),
    data: [
      ...spectra.map(({ name, wavelengths, counts }, k) => ({
        type: "scatter",
        mode: "lines",
        name: formulaMarkup(name),
        legendgroup: name,
        x: wavelengths,
        y: counts,
        line: { color: seriesStyles[k].colour, width: 2, dash: dashes[k] },
      })),
      ...spectra.flatMap(({ name, half }, k) =>
        half === null
          ? []
          : [
              {
                type: "scatter",
                mode: "lines+markers",
                name: `${formulaMarkup(name)}, half height`,
                legendgroup: name,
                showlegend: false,
                x: [half.low, half.high],
                y: [half.level, half.level],
                line: { color: seriesStyles[k].colour, width: 1.5, dash: "solid" },
                marker: {
                  color: "#ffffff",
                  symbol: "circle",
                  size: 7,
                  line: { color: seriesStyles[k].colour, width: 2 },
                },
              },
            ],
      ),
      ...spectra.flatMap(({ name, peak }, k) =>
        peak === null
          ? []
          : [
              {
                type: "scatter",
                mode: "markers",
                name: `${formulaMarkup(name)}, peak`,
                legendgroup: name,
                showlegend: false,
                x: [peak.wavelength],
                y: [peak.height],
                marker: { color: seriesStyles[k].colour, symbol: seriesStyles[k].symbol, size: 11 },
                cliponaxis: false,
              },
            ],
      ),
    ],
    layout: figureLayout(
      {
        title: titleWithLine(title, "marker: peak; bar: width at half height"),
        xaxis: { type: "linear", title: "Wavelength (nm)" },
        yaxis: { type: "linear", title: yTitle, rangemode: "tozero" },
      },
      { legend: spectra.map(({ name }) => name) },
    ),
  };
}

function tenths(value: number): string {
  return value.toFixed(1);
}
