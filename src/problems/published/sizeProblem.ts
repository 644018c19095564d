import { makeMatrix } from "../../core/Matrix.js";
import { numbersOf, selectRows, type Table } from "../../core/Table.js";
import { leaveOneGroupOut } from "../../splitting/leaveOneGroupOut.js";
import { ridge } from "../fewRows/targetCandidates.js";
import { noSplit, realSplit } from "../rivals/realSplit.js";
import type { PublishedProblem } from "./PublishedProblem.js";
import { sizeCandidates, sizeRivals } from "./sizeCandidates.js";
import { sizeLawRows } from "./sizeLawAcrossPapers.js";

const lawColumns = ["temperatureCelsius", "lnBromideLead", "lnAmineLead", "lnSecond"] as const;
const otherColumns = ["lnCaesiumLead", "lnAcidLead", "lnLeadMolar"] as const;
/** The twin's law of size was fitted on published recipes, these among them: it is no rival. */
const twinAside = "twin, its law fitted on these papers";
const twinColumn = "twinLnSize";

/** What else the problem is told. */
export interface SizeProblemOptions {
  /** DOIs of papers that no fit may see: each is answered from the open ones. */
  readonly heldOut: readonly string[];
  /** ln nm of each recipe as the twin says it, NaN where it names none; without it the twin does not stand beside. */
  readonly twinLnSize?: ArrayLike<number>;
}

/**
 * The size of published CsPbBr3 hot injections, ln nm, with a paper left out, each paper one witness. Rows of held-out
 * papers are answered too, by fits on open papers like those of all others, and are in no fit.
 *
 * @param recipes  as loadRecipes gives them
 */
export function sizeProblem(recipes: Table, { heldOut, twinLnSize }: SizeProblemOptions): PublishedProblem {
  const { rows, features: law, target, papers } = sizeLawRows(recipes);
  const table = selectRows(recipes, rows);
  const [caesium, acid, otherAcid, lead] = ["caesiumLeadRatio", "oleicAcidMolar", "otherAcidMolar", "leadMolar"].map(
    (name) => numbersOf(table, name),
  );
  const known = Array.from(rows, (row) => twinLnSize?.[row] ?? Number.NaN).filter((value) => !Number.isNaN(value));
  const middle = known.reduce((sum, value) => sum + value, 0) / known.length;
  const names = [...lawColumns, ...otherColumns, ...(known.length === 0 ? [] : [twinColumn])];
  const values = law.flatMap((own, row) => {
    const acids = acid[row] + (otherAcid[row] || 0);
    const others = [Math.log(caesium[row]), Math.log(acids / lead[row] + 0.5), Math.log(lead[row])];
    if (known.length === 0) return [...own, ...others];
    const told = twinLnSize![rows[row]];
    return [...own, ...others, Number.isNaN(told) ? middle : told];
  });
  const whole = makeMatrix(names, Float32Array.from(values));
  const chemistry = [...lawColumns, ...otherColumns];
  const candidates = sizeCandidates(whole, { all: chemistry, law: lawColumns, smooth: chemistry, papers });
  const aside = known.length === 0 ? [] : [ridge(twinAside, [names.indexOf(twinColumn)])];
  const isOpen = papers.map((paper) => !heldOut.includes(paper));
  return {
    problem: {
      id: "published-size",
      what: "ln size of published CsPbBr3 hot injections",
      classes: null,
      unit: "ln nm",
      features: whole,
      truth: Float64Array.from(target),
      candidates: [...candidates, ...aside],
      incumbent: sizeRivals.law,
    },
    splits: [
      realSplit({
        name: "unseen paper",
        folds: leaveOneGroupOut(papers).map(({ name, train, test }) => ({
          name,
          train: train.filter((row) => isOpen[row]),
          test,
        })),
        groups: papers,
        unit: "paper",
      }),
      noSplit("later year", "the table of recipes gives no date: its years were read off the DOIs"),
    ],
    rivals: candidates.map(({ name }) => name),
    asides: aside.map(({ name }) => name),
    rows,
  };
}
