import type { UnitQuantity } from "../../chemistry/units.js";

/** What the words of a header must be to mean one of our columns. */
export interface HeaderMeaning {
  readonly column: string;
  /** Of each list one word must be there. */
  readonly needs: readonly (readonly string[])[];
  /** Words that change nothing. Any other word makes the meaning unsure. */
  readonly allows: readonly string[];
  /** What its unit may measure; none where it holds texts. */
  readonly quantities: readonly UnitQuantity[];
  /** Words with which it means something else. */
  readonly never?: readonly string[];
}

const lights = ["pl"];
const elsewhere = [
  "absorption",
  "excitation",
  "ex",
  "raman",
  "xrd",
  "lifetime",
  "intensity",
  "counts",
  "area",
  "stokes",
];
const places = [
  "ambient",
  "room",
  "drying",
  "annealing",
  "storage",
  "preheat",
  "cooling",
  "centrifugation",
  "degassing",
];
const preparations = [...places, "stirring", "spin", "spincoat", "aging", "ageing", "washing", "stock", "precursor"];

/** Our columns and the headers that mean them; the first that fits counts. */
export const headerMeanings: readonly HeaderMeaning[] = [
  {
    column: "temperatureCelsius",
    needs: [["temperature"]],
    allows: ["reaction", "growth", "synthesis", "injection", "set"],
    quantities: ["temperature"],
    never: preparations,
  },
  {
    column: "mixingSecond",
    needs: [["mixing"], ["time"]],
    allows: [],
    quantities: ["time"],
  },
  {
    column: "timeSecond",
    needs: [["time"]],
    allows: ["reaction", "growth", "synthesis"],
    quantities: ["time"],
    never: [...preparations, "lifetime", "mixing"],
  },
  {
    column: "volumeMillilitre",
    needs: [["volume"], ["total", "reaction", "mixture"]],
    allows: ["reaction", "solution", "mixture"],
    quantities: ["volume"],
  },
  {
    column: "photoluminescenceWidthNanometre",
    needs: [["fwhm"]],
    allows: [...lights, "peak", "spectrum", "band"],
    quantities: ["length", "energy"],
    never: elsewhere,
  },
  {
    column: "photoluminescenceWidthNanometre",
    needs: [lights, ["width"]],
    allows: ["peak", "line", "full", "half"],
    quantities: ["length", "energy"],
    never: elsewhere,
  },
  {
    column: "quantumYield",
    needs: [["quantum"], ["yield"]],
    allows: [...lights, "absolute"],
    quantities: ["share"],
    never: ["electroluminescence", "external", "internal"],
  },
  {
    column: "photoluminescencePeakNanometre",
    needs: [lights],
    allows: ["peak", "wavelength", "position", "energy", "band"],
    quantities: ["length", "energy"],
    never: [...elsewhere, "fwhm", "width", "quantum", "yield", "onset"],
  },
  {
    column: "photoluminescencePeakNanometre",
    needs: [["peak"]],
    allows: ["wavelength", "position", "energy"],
    quantities: ["length", "energy"],
    never: [...elsewhere, "fwhm", "width", "amount"],
  },
  {
    column: "sizeDispersionPercent",
    needs: [["sd", "dispersion"]],
    allows: ["size", "particle", "relative", "diameter", "edge", "length", "mean", "tem"],
    quantities: ["share", "length"],
    never: elsewhere,
  },
  {
    column: "sizeNanometre",
    needs: [["size", "diameter", "edge"]],
    allows: ["length", "mean", "particle", "tem", "edge", "size"],
    quantities: ["length"],
    never: [...elsewhere, "pore", "crystallite", "scherrer", "dls", "hydrodynamic", "thickness", "pixel", "batch"],
  },
  { column: "leadYield", needs: [["yield"]], allows: ["lead"], quantities: ["share"], never: ["pl", "quantum"] },
  { column: "doi", needs: [["doi"]], allows: ["paper", "reference", "link"], quantities: [] },
  { column: "shape", needs: [["shape"]], allows: ["particle"], quantities: [] },
  {
    column: "date",
    needs: [["date"]],
    allows: ["synthesis", "experiment"],
    quantities: [],
    never: ["measured", "tem"],
  },
  { column: "batch", needs: [["batch"]], allows: ["number", "id", "name"], quantities: [], never: ["size"] },
  { column: "lab", needs: [["lab"]], allows: ["name", "id"], quantities: [], never: ["book", "temperature"] },
  { column: "operator", needs: [["operator"]], allows: ["name", "id"], quantities: [] },
  {
    column: "experiment",
    needs: [["sample", "experiment"]],
    allows: ["number", "id", "name", "sample", "experiment"],
    quantities: [],
    never: ["volume", "mass"],
  },
  { column: "route", needs: [["route", "method"]], allows: ["synthesis", "synthetic"], quantities: [] },
  {
    column: "phase",
    needs: [["phase", "product", "composition", "xrd", "material", "structure", "compound"]],
    allows: ["crystal", "phase", "product", "xrd", "main", "final", "composition", "total"],
    quantities: [],
  },
  {
    column: "caesiumSource",
    needs: [
      ["caesium", "cs"],
      ["source", "salt", "precursor"],
    ],
    allows: [],
    quantities: [],
  },
  {
    column: "bromideSource",
    needs: [
      ["bromide", "br", "halide"],
      ["source", "salt", "precursor"],
    ],
    allows: [],
    quantities: [],
  },
  { column: "phase", needs: [["perovskite"]], allows: [], quantities: ["share"], never: ["mass", "amount"] },
  { column: "antisolvent", needs: [["antisolvent"]], allows: ["name", "type", "used"], quantities: [] },
];
