import { makeMatrix } from "../../core/Matrix.js";
import type { Random } from "../../core/random/Random.js";
import { numbersOf, type Table, textsOf } from "../../core/Table.js";
import { forwardChaining } from "../../splitting/forwardChaining.js";
import { groupedKFold } from "../../splitting/groupedKFold.js";
import { leaveOneGroupOut } from "../../splitting/leaveOneGroupOut.js";
import { noSplit, type RealSplit, realSplit } from "../rivals/realSplit.js";
import type { PublishedProblem } from "./PublishedProblem.js";
import { sizeCandidates, sizeRivals } from "./sizeCandidates.js";

/** Of the same form as that of CsPbBr3: temperature, anion and amine per metal, time. */
const lawColumns = ["growthCelsius", "lnSeleniumCadmium", "lnAmineCadmium", "lnSecond"] as const;
const amountColumns = ["injectionCelsius", "lnAcidCadmium", "lnPhosphineSelenium", "lnCadmiumPerGram"] as const;
/** Substances that more than one paper used, by the column that names them; all others are neither. */
const substances: Readonly<Record<string, readonly string[]>> = {
  cadmiumSource: ["cadmium oxide", "cadmium stearate", "dimethylcadmium"],
  acid: ["oleic acid", "stearic acid", ""],
  amine: [""],
  phosphine: ["trioctylphosphine", "tributylphosphine", ""],
  solvent: ["octadecene", "trioctylphosphine oxide"],
};

/** Folds of the split by rows, and stretches of years that are tested. */
const [randomFolds, laterFolds] = [5, 3] as const;

/**
 * The diameter of published CdSe hot injections, ln nm: the question of sizeProblem with more papers. Rows at random
 * (papers on both sides), a paper left out, and later years told from earlier ones; each paper one witness.
 *
 * @param table   as loadCadmiumSelenide gives it
 * @param random  divides rows at random
 */
export function cadmiumSelenideProblem(table: Table, random: Random): PublishedProblem {
  const number = (name: string): ((row: number) => number) => {
    const values = numbersOf(table, name);
    return (row) => values[row];
  };
  const [injection, growth, seconds] = ["injectionCelsius", "growthCelsius", "timeSecond"].map(number);
  const [cadmium, selenium, acid, amine, phosphine] = [
    "cadmiumMillimole",
    "seleniumMillimole",
    "acidMillimole",
    "amineMillimole",
    "phosphineMillimole",
  ].map(number);
  const total = number("totalGram");
  const flags = Object.entries(substances).flatMap(([column, names]) => {
    const texts = textsOf(table, column);
    return names.map((name) => ({ name: `${column}: ${name || "none"}`, is: (row: number) => texts[row] === name }));
  });
  const values = Array.from({ length: table.numRows }, (_, row) => [
    growth(row),
    Math.log(selenium(row) / cadmium(row)),
    Math.log(amine(row) / cadmium(row) + 0.5),
    Math.log(seconds(row)),
    injection(row),
    Math.log(acid(row) / cadmium(row) + 0.5),
    Math.log(phosphine(row) / selenium(row) + 0.5),
    Math.log(cadmium(row) / total(row)),
    ...flags.map(({ is }) => Number(is(row))),
  ]);
  const features = makeMatrix(
    [...lawColumns, ...amountColumns, ...flags.map(({ name }) => name)],
    Float32Array.from(values.flat()),
  );
  const papers = textsOf(table, "paper");
  const candidates = sizeCandidates(features, {
    all: features.names,
    law: lawColumns,
    smooth: [...lawColumns, ...amountColumns],
    papers,
  });
  const over = { groups: papers, unit: "paper" };
  const rows = Array.from({ length: table.numRows }, (_, row) => String(row));
  return {
    problem: {
      id: "cadmium-selenide-size",
      what: "ln diameter of published CdSe hot injections",
      classes: null,
      unit: "ln nm",
      features,
      truth: Float64Array.from(numbersOf(table, "diameterNanometre"), Math.log),
      candidates,
      incumbent: sizeRivals.law,
    },
    splits: [
      realSplit({
        name: "rows at random",
        folds: groupedKFold(rows, random.fork("rows at random"), { folds: randomFolds }),
        ...over,
        chosenBy: rows,
      }),
      realSplit({ name: "unseen paper", folds: leaveOneGroupOut(papers), ...over }),
      laterYears(table, over),
    ],
    rivals: candidates.map(({ name }) => name),
    asides: [],
    rows: Uint32Array.from(rows.keys()),
  };
}

/** Each stretch of years from all before it; rows of one year stay together. */
function laterYears(table: Table, over: { readonly groups: readonly string[]; readonly unit: string }): RealSplit {
  const name = "later year";
  const years = Object.hasOwn(table.columns, "year") ? numbersOf(table, "year") : null;
  if (years === null || years.some(Number.isNaN))
    return noSplit(name, years === null ? "the table has no column year" : "the table has rows without a year");
  if (new Set(years).size <= laterFolds) return noSplit(name, `more than ${laterFolds} years are needed`);
  return realSplit({ name, folds: forwardChaining(years, { folds: laterFolds }), ...over });
}
