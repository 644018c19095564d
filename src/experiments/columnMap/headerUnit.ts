import { plainUnit } from "../../core/plainUnit.js";
import { tidyText } from "../../core/tidyText.js";

/** Ways to write a unit that stand in headers of tables, in lower case, beside those of `plainUnit`. */
const others: Readonly<Record<string, readonly string[]>> = {
  "°C": ["c", "grad c", "°c", "grad", "degrees c", "degree c", "deg. c", "degree celsius", "degrees celsius"],
  s: ["sek", "sekunden", "sec.", "秒", "secondes", "segundos"],
  min: ["minuten", "min.", "分钟", "minutos"],
  h: ["stunden", "std", "std.", "hrs.", "小时", "heures", "horas"],
  d: ["tage"],
  mL: ["ml", "milliliters", "millilitres"],
  µL: ["ul", "µl", "microliters", "microlitres"],
  nm: ["nm"],
  eV: ["ev", "electronvolt"],
  meV: ["mev", "millielectronvolt"],
  mmol: ["mmol", "millimole", "millimoles"],
  µmol: ["umol", "µmol", "micromole", "micromoles"],
  "%": ["prozent"],
  "mol/L": ["mol·l⁻¹", "mol / l"],
  "mmol/L": ["mmol·l⁻¹", "mmol / l", "milli molar"],
  mol: ["moles"],
  mg: ["milligram", "milligrams"],
  g: ["gramm"],
};

const otherUnits: ReadonlyMap<string, string> = new Map(
  Object.entries(others).flatMap(([unit, words]) => words.map((word): [string, string] => [word, unit])),
);

/** Words whose unit must keep its case: "MM" is nothing, and "ML" are monolayers. */
const fixedCase = /^(?:mM|M|µM|uM|m|K|C|F|A|V|W|G|S|H|D|ML)$/;

/** The unit that a text is and nothing else, in the writings of headers too; undefined for any other text. */
export function headerUnit(text: string): string | undefined {
  const bare = tidyText(text).replace(/^in\s+/i, "");
  const plain = plainUnit(bare);
  if (plain !== undefined) return plain;
  const share = /^(?:vol|v\/v|wt|w\/w|mol|at)\.?[-\s]?%$|^%[-\s]?(?:\(?(?:vol|v\/v|wt|w\/w|mol)\)?)\.?$/i;
  if (share.test(bare)) return "%";
  return fixedCase.test(bare) ? undefined : otherUnits.get(bare.replaceAll("\u03bc", "µ").toLowerCase());
}
