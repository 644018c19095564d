import { outcomeFields, recipeFields } from "../../chemistry/recipeSchema.js";
import { codesOf, numbersOf, type Table } from "../../core/Table.js";
import type { SynthesisAmount, SynthesisForm, SynthesisInput } from "./Synthesis.js";

/** The form of a table of syntheses; null where it is none. */
export function synthesisForm(table: Table): SynthesisForm | null {
  const has = (...names: readonly string[]): boolean => names.every((name) => Object.hasOwn(table.schema, name));
  if (has("cadmiumMillimole", "seleniumMillimole", "diameterNanometre")) return cadmiumSelenideForm(table);
  return has("caesiumMolar", "leadMolar", "bromideMolar") ? recipeForm(table) : null;
}

type Cells = {
  readonly number: (name: string, row: number) => number;
  readonly text: (name: string, row: number) => string;
};

function cellsOf(table: Table): Cells {
  const has = (name: string): boolean => Object.hasOwn(table.schema, name);
  return {
    number: (name, row) => (has(name) ? numbersOf(table, name)[row] : Number.NaN),
    text: (name, row) => {
      if (!has(name)) return "";
      const { codes, levels } = codesOf(table, name);
      return levels[codes[row]];
    },
  };
}

/** Ligands by their columns, which name the compound. */
const ligands = {
  oleicAcidMolar: "oleic acid",
  oleylamineMolar: "oleylamine",
  otherAcidMolar: "carboxylic acids other than oleic",
  otherAmineMolar: "alkylamines other than oleylamine",
} as const;

/** Sources that are lead bromide and nothing else. */
const leadBromideAlone: readonly string[] = ["lead bromide", "PbBr2"];

function recipeForm(table: Table): SynthesisForm {
  const { number, text } = cellsOf(table);
  const inputs = (row: number): readonly SynthesisInput[] => {
    const volume = number("volumeMillilitre", row);
    const moles = (column: string): SynthesisAmount | null => {
      const molar = number(column, row);
      if (!(molar > 0)) return null;
      return volume > 0
        ? { moles: { value: molar * volume, units: "MILLIMOLE" } }
        : { unmeasured: { type: "CUSTOM", details: `${molar} mol/L of all liquid, whose volume is not told` } };
    };
    const share = (fraction: number): SynthesisAmount | null => {
      if (!(fraction > 0)) return null;
      return volume > 0
        ? { volume: { value: fraction * volume, units: "MILLILITER" } }
        : { unmeasured: { type: "CUSTOM", details: `${fraction} of the volume of all liquid, which is not told` } };
    };
    const [caesium, bromide] = [text("caesiumSource", row), text("bromideSource", row)];
    const isLeadBromide = leadBromideAlone.includes(bromide);
    const ratio = number("antisolventRatio", row);
    const antisolvent = text("antisolvent", row);
    return [
      input("caesium", caesium || "caesium source that is not told", moles("caesiumMolar"), "REACTANT"),
      input("lead", isLeadBromide ? bromide : "lead source that is not told", moles("leadMolar"), "REACTANT"),
      ...(isLeadBromide
        ? []
        : [input("bromide", bromide || "bromide source that is not told", moles("bromideMolar"), "REACTANT" as const)]),
      ...Object.entries(ligands).map(([column, name]) => input(name, name, moles(column), "REAGENT" as const)),
      input("polar solvent", "DMF or DMSO", share(number("polarSolventFraction", row)), "SOLVENT"),
      input("water", "water", share(number("waterFraction", row)), "SOLVENT"),
      input("antisolvent", antisolvent || "antisolvent that is not told", share(ratio / (1 + ratio)), "SOLVENT"),
    ].filter((one): one is SynthesisInput => one !== null);
  };
  const told = [...Object.keys(ligands), "polarSolventFraction", "waterFraction", "antisolventRatio"];
  return {
    reads: [
      ...["temperatureCelsius", "timeSecond", "caesiumMolar", "leadMolar", "bromideMolar", "volumeMillilitre"],
      ...["caesiumSource", "bromideSource", "antisolvent", ...told],
    ],
    measures: Object.keys(table.schema).filter((name) => Object.hasOwn(outcomeFields, name) || isSeen(name)),
    simplified: [
      "Concentrations: amounts are concentration times volume, and the ratio of the antisolvent a volume.",
      "All bromide: where lead bromide is its only source, it is told by the lead alone; otherwise it counts the " +
        "bromide of lead bromide too, whatever its sources.",
    ],
    inputs,
    celsius: (row) => number("temperatureCelsius", row),
    second: (row) => number("timeSecond", row),
    product: (row) => text("phase", row) || null,
  };
}

/** What the tables of platelets saw beside the outcomes of the schema of recipes. */
function isSeen(name: string): boolean {
  return ["perovskite", "monodisperse", "measuredPart", "emissionLines"].includes(name) && !(name in recipeFields);
}

/** Column that names the compound, column of its amount, kind of amount, role. */
const cadmiumSelenideInputs = [
  ["cadmium", "cadmiumSource", "cadmiumMillimole", "moles", "REACTANT"],
  ["selenium", null, "seleniumMillimole", "moles", "REACTANT"],
  ["acid", "acid", "acidMillimole", "moles", "REAGENT"],
  ["amine", "amine", "amineMillimole", "moles", "REAGENT"],
  ["phosphine", "phosphine", "phosphineMillimole", "moles", "REAGENT"],
  ["solvent", "solvent", "solventGram", "mass", "SOLVENT"],
  ["second solvent", "secondSolvent", "secondSolventGram", "mass", "SOLVENT"],
] as const;

function cadmiumSelenideForm(table: Table): SynthesisForm {
  const { number, text } = cellsOf(table);
  return {
    reads: [
      ...cadmiumSelenideInputs.flatMap(([, named, amount]) => (named === null ? [amount] : [named, amount])),
      ...["growthCelsius", "timeSecond"],
    ],
    measures: ["diameterNanometre", "diameterMethod", "absorptionPeakNanometre", "photoluminescencePeakNanometre"],
    simplified: ["The temperature is that of the growth; that of the injection has no place."],
    inputs: (row) =>
      cadmiumSelenideInputs.flatMap(([place, named, column, kind, role]) => {
        const value = number(column, row);
        const amount: SynthesisAmount | null = !(value > 0)
          ? null
          : kind === "moles"
            ? { moles: { value, units: "MILLIMOLE" } }
            : { mass: { value, units: "GRAM" } };
        const name = named === null ? "selenium" : text(named, row) || `${place} that is not told`;
        return input(place, name, amount, role) ?? [];
      }),
    celsius: (row) => number("growthCelsius", row),
    second: (row) => number("timeSecond", row),
    product: () => "CdSe",
  };
}

function input(
  place: string,
  name: string,
  amount: SynthesisAmount | null,
  role: SynthesisInput["role"],
): SynthesisInput | null {
  return amount === null ? null : { input: place, name: name.trim(), amount, role };
}
