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
  /** What it may be instead, where even this header is not certain. */
  readonly doubt?: string;
  /** Whether any further word makes it another thing, not an unsure one. */
  readonly isAlone?: boolean;
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
const preparations = [...places, "spin", "spincoat", "aging", "ageing", "washing", "stock", "precursor"];
const light = "of the emission, or of something else";

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
    never: [...preparations, "lifetime", "mixing", "stirring"],
  },
  {
    column: "timeSecond",
    needs: [["stirring"]],
    allows: ["time"],
    quantities: ["time"],
    doubt: "stirring while it reacts, or before or after",
  },
  {
    column: "volumeMillilitre",
    needs: [["volume"], ["total"]],
    allows: ["reaction", "solution", "mixture"],
    quantities: ["volume"],
  },
  {
    column: "volumeMillilitre",
    needs: [["volume"]],
    allows: ["reaction", "mixture", "solution", "batch"],
    quantities: ["volume"],
    doubt: "all liquid, or a part of it",
    isAlone: true,
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
    never: [...elsewhere, "fwhm", "width", "quantum", "yield", "onset", "shift", "decay"],
  },
  {
    column: "photoluminescencePeakNanometre",
    needs: [["peak", "wavelength"]],
    allows: ["wavelength", "position", "energy", "peak"],
    quantities: ["length", "energy"],
    never: [...elsewhere, "fwhm", "width", "amount", "shift", "laser"],
    doubt: `the peak ${light}`,
  },
  {
    column: "sizeDispersionPercent",
    needs: [
      ["sd", "dispersion"],
      ["size", "particle", "diameter"],
    ],
    allows: ["size", "particle", "relative", "diameter", "edge", "length", "mean", "tem"],
    quantities: ["share", "length"],
    never: elsewhere,
  },
  {
    column: "sizeDispersionPercent",
    needs: [["sd", "dispersion"]],
    allows: ["size", "particle", "relative", "diameter", "edge", "length", "mean", "tem"],
    quantities: ["share", "length"],
    never: elsewhere,
    doubt: "the spread of the size, or of something else",
  },
  {
    column: "sizeNanometre",
    needs: [["size", "diameter", "edge"]],
    allows: ["length", "mean", "particle", "tem", "edge", "size"],
    quantities: ["length"],
    never: [...elsewhere, "pore", "crystallite", "scherrer", "dls", "hydrodynamic", "thickness", "pixel", "batch"],
  },
  {
    column: "leadYield",
    needs: [["yield"]],
    allows: ["lead"],
    quantities: ["share"],
    never: ["pl", "quantum"],
    doubt: "the share of the lead, or of something else",
  },
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
    needs: [["sample", "experiment", "run"]],
    allows: ["number", "id", "name", "code", "sample", "experiment"],
    quantities: [],
    never: ["volume", "mass"],
  },
  {
    column: "experiment",
    needs: [["number", "id", "code"]],
    allows: ["number", "id", "code"],
    quantities: [],
    isAlone: true,
  },
  { column: "route", needs: [["route", "method"]], allows: ["synthesis", "synthetic"], quantities: [] },
  {
    column: "phase",
    needs: [["phase", "product", "composition", "xrd", "material", "structure", "compound"]],
    allows: ["crystal", "phase", "product", "xrd", "main", "final", "composition", "total", "by", "assignment"],
    quantities: [],
    never: ["transition", "fraction", "purity"],
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

/** Headers of what is no part of a recipe and none of its outcomes, by a word of theirs, and why. */
export const apartWords: Readonly<Record<string, string>> = {
  washing: "washes the product",
  redispersion: "takes the product up again",
  supernatant: "of the supernatant",
  purity: "how pure it is",
  supplier: "who sells it",
  vendor: "who sells it",
  price: "what it costs",
  cost: "what it costs",
  humidity: "of the air",
  remark: "a remark",
  isolated: "what was taken out",
  eds: "measured on the product",
  flask: "of the vessel",
  vial: "of the vessel",
  aliquot: "of a sample",
};
