import { numbersOf, type Table, textsOf } from "../core/Table.js";
import type { PhaseName } from "./phases.js";

/**
 * What a chemist looks at first. A quantity that a recipe does not give is NaN: a rule that needs it does not apply.
 */
export interface RuleRecipe {
  readonly route: string;
  readonly caesiumMolar: number;
  readonly leadMolar: number;
  readonly polarSolventFraction: number;
  readonly waterFraction: number;
  /** mol per mol of lead. */
  readonly caesium: number;
  readonly oleicAcid: number;
  readonly oleylamine: number;
}

/** A rule of thumb: where it applies, and what comes out then. */
export interface PhaseRule {
  readonly name: string;
  readonly applies: (recipe: RuleRecipe) => boolean;
  readonly says: PhaseName;
  readonly because: string;
  /** DOIs of where it was seen; none where it is stoichiometry or handbook knowledge alone. */
  readonly dois: readonly string[];
}

/** Between two ratios that gave different compounds the border is drawn at their geometric mean. */
const between = (a: number, b: number): number => Math.sqrt(a * b);

/** Cs:Pb of the three compounds from one reverse microemulsion: CsPb2Br5, CsPbBr3, Cs4PbBr6. */
const triad = { lead: 0.21, even: 0.53, caesium: 4.28 } as const;
const triadDois = ["10.1021/acs.jpclett.7b00105", "10.1021/acs.chemmater.7b04161"];

/**
 * Which phase a recipe gives, as a chemist would say it from the papers, without an equation: the first rule that
 * applies decides, the last one always does. Borders are ratios from the papers or the middle between two; where a
 * source says "excess" or "much" without a number, a round one stands for it. Nothing here was fitted to data.
 *
 * A baseline that a model has to beat. It shares no code and no parameter with the twin.
 */
export const phaseRules: readonly PhaseRule[] = [
  {
    name: "element missing",
    applies: ({ caesiumMolar, leadMolar }) => caesiumMolar === 0 || leadMolar === 0,
    says: "no target product",
    because: "all three compounds hold caesium and lead",
    dois: [],
  },
  {
    name: "tenfold caesium",
    applies: ({ caesium }) => caesium > 10,
    says: "no target product",
    because: "with a rising excess of caesium come CsPbBr3, then Cs4PbBr6, and at tenfold excess caesium bromide",
    dois: ["10.1039/d2nr04102b"],
  },
  {
    name: "much water",
    applies: ({ waterFraction }) => waterFraction > 0.2,
    says: "no target product",
    because: "water dissolves 5.8 mol/L of caesium bromide and takes it out of the solids",
    dois: ["10.1021/acs.langmuir.8b01683"],
  },
  {
    name: "stays dissolved",
    applies: ({ polarSolventFraction, caesiumMolar }) => polarSolventFraction > 0.5 && caesiumMolar < 0.02,
    says: "no target product",
    because:
      "DMF holds 0.02 to 0.04 mol/L of caesium bromide, DMSO more, and of lead bromide far more: " +
      "stocks of LARP are clear",
    dois: [],
  },
  {
    name: "little acid, no amine",
    applies: ({ route, oleicAcid, oleylamine }) =>
      route === "hot injection" && oleylamine === 0 && oleicAcid < between(3.2, 63),
    says: "Cs4PbBr6",
    because:
      "without amine 3.2 oleic acids per lead gave Cs4PbBr6 and 63 gave CsPbBr3, at the same Cs:Pb of 0.5: " +
      "undissolved lead leaves the rest rich in caesium",
    dois: ["10.1039/d2ra06491j"],
  },
  {
    name: "excess amine",
    applies: ({ oleylamine, oleicAcid }) => oleylamine > 10 && oleylamine > 5 * oleicAcid,
    says: "Cs4PbBr6",
    because:
      "oleylamine far beyond lead and acid binds lead and turns CsPbBr3 into Cs4PbBr6; " +
      "the balance of amine and acid decides",
    dois: ["10.1021/acs.chemmater.7b02425", "10.1021/acsnano.7b08357"],
  },
  {
    name: "bulk, even or caesium-rich",
    applies: ({ route, caesium }) => route === "bulk antisolvent" && caesium >= between(1 / 1.5, 1),
    says: "Cs4PbBr6",
    because:
      "from DMSO, which holds lead bromide back, " +
      "PbBr2:CsBr of 1:1 gives Cs4PbBr6 and 1.5:1 to 2:1 gives CsPbBr3 (Saidaminov 2017, Dirin 2016, Rakita 2016)",
    dois: [],
  },
  {
    name: "water strips caesium bromide",
    applies: ({ waterFraction, caesium }) => waterFraction > 0.01 && caesium > between(triad.even, triad.caesium),
    says: "CsPbBr3",
    because: "water takes caesium bromide out of Cs4PbBr6 and leaves CsPbBr3",
    dois: ["10.1021/acs.langmuir.8b01683"],
  },
  {
    name: "between CsPbBr3 and Cs4PbBr6",
    applies: ({ caesium }) => caesium > between(triad.even, triad.caesium) && caesium < 3,
    says: "coexistence",
    because: "CsPbBr3 takes one caesium per lead and Cs4PbBr6 four: what lies between makes some of both",
    dois: triadDois,
  },
  {
    name: "caesium-rich",
    applies: ({ caesium }) => caesium >= 3,
    says: "Cs4PbBr6",
    because: "a reverse microemulsion gave Cs4PbBr6 at Cs:Pb 4.28",
    dois: triadDois,
  },
  {
    name: "lead-rich, not injected hot",
    applies: ({ route, caesium }) => route !== "hot injection" && caesium < between(triad.lead, triad.even),
    says: "CsPb2Br5",
    because:
      "a reverse microemulsion gave CsPb2Br5 at Cs:Pb 0.21 and CsPbBr3 at 0.53; " +
      "hot injections give CsPbBr3 from 0.15 on",
    dois: triadDois,
  },
  {
    name: "otherwise",
    applies: () => true,
    says: "CsPbBr3",
    because: "hot injections and LARP give CsPbBr3 from lead-rich mixtures, Cs:Pb up to 1",
    dois: ["10.1021/nl5048779", "10.1002/adfm.201600109"],
  },
];

const ruleAmounts = [
  "caesiumMolar",
  "leadMolar",
  "oleicAcidMolar",
  "oleylamineMolar",
  "polarSolventFraction",
  "waterFraction",
];

/** Columns of recipeFields that rules read. */
export const ruleColumns: readonly string[] = ["route", ...ruleAmounts];

/**
 * The rule that decides each row of a table of recipes: its place in phaseRules, shape [rows].
 *
 * @param table  with the columns of recipeFields that rules read
 * @throws RangeError or TypeError if a column is missing or of another kind
 */
export function decidingRules(table: Table): Uint8Array {
  const route = textsOf(table, "route");
  const [caesium, lead, acid, amine, polar, water] = ruleAmounts.map((name) => numbersOf(table, name));
  return Uint8Array.from({ length: table.numRows }, (_, row) => {
    const leadMolar = lead[row];
    const recipe: RuleRecipe = {
      route: route[row],
      caesiumMolar: caesium[row],
      leadMolar,
      polarSolventFraction: polar[row],
      waterFraction: water[row],
      caesium: caesium[row] / leadMolar,
      oleicAcid: acid[row] / leadMolar,
      oleylamine: amine[row] / leadMolar,
    };
    return phaseRules.findIndex(({ applies }) => applies(recipe));
  });
}
