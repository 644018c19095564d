import type { Conditions } from "../../chemistry/Conditions.js";
import { emissionPeak, emissionWidth } from "../../chemistry/optics.js";
import { compounds } from "../../chemistry/phases.js";
import { physics, type PhysicsValues } from "../../chemistry/physicsParameters.js";
import { sizeDispersion } from "../../chemistry/size.js";
import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { seededRandom } from "../../core/random/Random.js";
import { codesOf, isCategory, numbersOf, type Table } from "../../core/Table.js";
import { acceptanceCases } from "../../experiments/acceptanceCases.js";
import { campaignRegions } from "../../generation/campaigns.js";
import { generateExperiments } from "../../generation/generateExperiments.js";
import { campaignDesigns, simulatePublished } from "../../generation/physicsLoss.js";
import type { Simulation } from "../../generation/simulateExperiment.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { probabilityColumns } from "../../problems/phase/phaseExperiments.js";

/** What chemistry forbids or demands, and how often the twin broke it. */
export interface PhysicsProbes {
  readonly probes: readonly PhysicsProbe[];
  readonly table: ShownTable;
}

export interface PhysicsProbe {
  readonly name: string;
  readonly cases: number;
  readonly failures: number;
}

const rows = 50_000;
const designsPerCampaign = 200;

/** What must hold of every experiment and every small change of a recipe; and whether readings pile up at a bound. */
export async function physicsProbes({ seed }: { readonly seed: number }): Promise<EvidenceFile<PhysicsProbes>> {
  return recordedEvidence(
    {
      id: "02-generation-probes",
      inputs: ["data/literature/acceptance.json"],
      source: moduleSource(import.meta.url),
      seed,
      engine: "simd (WebAssembly)",
      labels: "simulated",
    },
    async () => {
      const { table } = await generateExperiments({ rows, seed });
      const designs = campaignDesigns(campaignRegions, designsPerCampaign, seededRandom(seed).fork("probes")).flat();
      const acceptance = await acceptanceCases();
      const probes: readonly PhysicsProbe[] = [
        ...rowProbes(table),
        ...changeProbes(designs),
        probe(
          "published phase of each acceptance fact",
          acceptance,
          ({ conditions, phase }) => simulatePublished(conditions, physics).label !== phase,
        ),
        probe(
          "emission of 8.2 to 8.5 nm at 508 to 512 nm",
          [8.2, 8.32, 8.5],
          (size) => !(emissionPeak(size) >= 508 && emissionPeak(size) <= 512),
        ),
        probe(
          "emission width of 5 to 12 nm particles within 12 to 25 nm",
          [5, 6, 8, 10, 12],
          (size) => !(emissionWidth(size, sizeDispersion(1)) >= 12 && emissionWidth(size, sizeDispersion(1)) <= 25),
        ),
      ];
      const saturated = measuredColumns
        .map((name) => saturation(table, name))
        .reduce((a, b) => (b.share > a.share ? b : a));
      return {
        result: {
          probes,
          table: shownTable({
            caption: "Physics probes",
            columns: [
              { name: "probe", of: ({ name }) => name },
              { name: "cases", of: ({ cases }) => cases },
              { name: "failures", of: ({ failures }) => failures },
            ],
            rows: probes,
          }),
        },
        measurements: [
          measurement({
            id: "DQ8.failedProbes",
            meaning: "probes of balance, sign, monotonicity and published facts that the twin fails",
            value: probes.filter(({ failures }) => failures > 0).length,
            unit: "probes",
            n: probes.length,
          }),
          measurement({
            id: "DQ8.largestSaturatedShare",
            meaning: "largest share of one measured column's readings at its own least or greatest value",
            value: saturated.share,
            unit: "share",
            n: saturated.known,
          }),
          measurement({
            id: "probes.saturated",
            meaning: "the same as a count of readings",
            value: saturated.atAnEnd,
            unit: `of ${saturated.known} readings`,
          }),
        ],
      };
    },
  );
}

function probe<Case>(name: string, cases: readonly Case[], fails: (one: Case) => boolean): PhysicsProbe {
  return { name, cases: cases.length, failures: cases.filter(fails).length };
}

/** Float32 columns close a balance to a few units in the seventh digit. */
const rounding = 1e-5;

function rowProbes(table: Table): PhysicsProbe[] {
  const value = (name: string): ((row: number) => number) => {
    const column = numbersOf(table, name);
    return (row) => column[row];
  };
  const [caesium, lead, bromide, leadYield] = [
    "trueCaesiumMolar",
    "trueLeadMolar",
    "trueBromideMolar",
    "trueLeadYield",
  ].map(value);
  const fractions = ["CsPbBr3", "Cs4PbBr6", "CsPb2Br5"].map((name) => value(`trueWeightFraction${name}`));
  const drives = ["CsPbBr3", "Cs4PbBr6", "CsPb2Br5"].map((name) => value(`trueLnSupersaturation${name}`));
  const probabilities = probabilityColumns.map(value);
  const peak = value("truePhotoluminescencePeakNanometre");
  const labels = codesOf(table, "truePhase").codes;
  const solids = [compounds.CsPbBr3, compounds.Cs4PbBr6, compounds.CsPb2Br5];
  const all = Array.from({ length: table.numRows }, (_, row) => row);
  /** What of an element sits in the precipitate, mol/L, from weight fractions and the lead yield. */
  const precipitated = (row: number, element: "caesium" | "bromide"): number => {
    const formulas = solids.map(({ molarMass }, k) => fractions[k](row) / molarMass);
    const leadOf = solids.reduce((sum, { lead: n }, k) => sum + n * formulas[k], 0);
    return leadOf === 0
      ? 0
      : (leadYield(row) * lead(row) * solids.reduce((sum, solid, k) => sum + solid[element] * formulas[k], 0)) / leadOf;
  };
  return [
    probe(
      "caesium in the solid within what there is",
      all,
      (row) => precipitated(row, "caesium") > caesium(row) * (1 + rounding),
    ),
    probe(
      "bromide in the solid within what there is",
      all,
      (row) => precipitated(row, "bromide") > bromide(row) * (1 + rounding),
    ),
    probe("lead yield within 0 and 1", all, (row) => !(leadYield(row) >= 0 && leadYield(row) <= 1)),
    probe(
      "no solid unless something is supersaturated",
      all,
      (row) => drives.every((drive) => drive(row) <= 0) && leadYield(row) > 0,
    ),
    probe("no share of a compound that is not supersaturated", all, (row) =>
      drives.some((drive, k) => drive(row) <= 0 && fractions[k](row) > 0),
    ),
    probe(
      "label probabilities sum to 1",
      all,
      (row) =>
        Math.abs(probabilities.reduce((sum, of) => sum + of(row), 0) - 1) > rounding ||
        probabilities.some((of) => of(row) < -rounding),
    ),
    probe(
      "Cs4PbBr6, CsPb2Br5 and failures emit nothing (missing, not 0)",
      all,
      (row) => [1, 2, 4].includes(labels[row]) && !Number.isNaN(peak(row)),
    ),
    probe("CsPbBr3 emits", all, (row) => labels[row] === 0 && Number.isNaN(peak(row))),
  ];
}

/**
 * Long after relaxation, and with lead dissolved whatever the
 * ligands: what the signs of DOMAIN's section 5 are stated for.
 */
const relaxedAndDissolved: PhysicsValues = { ...physics, leadCapacity0: 1e3 };
/** Within this of its own saturation CsPbBr3 enters with a rush, and shares of the others fall whatever drives them. */
const saturationBand = 0.6;

function changeProbes(designs: readonly Conditions[]): PhysicsProbe[] {
  const relaxed = designs.map((design): Conditions => ({ ...design, timeSecond: 1e9 }));
  const clear = relaxed.filter((design) => {
    const { supersaturation } = simulate(design);
    return [supersaturation.lnCsPbBr3, supersaturation.lnCs4PbBr6, supersaturation.lnCsPb2Br5].every(
      (drive) => drive > saturationBand,
    );
  });
  const changed = (
    name: string,
    change: (design: Conditions) => Conditions,
    compound: 1 | 2,
    sign: 1 | -1,
  ): PhysicsProbe =>
    probe(
      name,
      clear,
      (design) =>
        sign *
          (simulate(change(design)).phaseFractions.weightFractions[compound] -
            simulate(design).phaseFractions.weightFractions[compound]) <
        -1e-9,
    );
  const moreCaesium = (design: Conditions): Conditions => {
    const factor = 1.05;
    const fromBromide = design.caesiumMolar - design.caesiumOleateMolar;
    // Acid goes with the oleate, so that the free acid stays as it is.
    const oleate = (factor - 1) * design.caesiumOleateMolar;
    return {
      ...design,
      caesiumMolar: factor * design.caesiumMolar,
      caesiumOleateMolar: factor * design.caesiumOleateMolar,
      oleicAcidMolar: design.oleicAcidMolar + oleate,
      bromideMolar: design.bromideMolar + (factor - 1) * fromBromide,
    };
  };
  const withOleate = clear.filter(({ caesiumOleateMolar }) => caesiumOleateMolar > 0);
  return [
    changed("more Cs:Pb does not lower Cs4PbBr6", moreCaesium, 1, 1),
    changed(
      "more oleylamine does not lower Cs4PbBr6",
      (design) => ({ ...design, oleylamineMolar: 1.05 * design.oleylamineMolar }),
      1,
      1,
    ),
    changed(
      "more oleic acid does not raise Cs4PbBr6",
      (design) => ({ ...design, oleicAcidMolar: 1.05 * design.oleicAcidMolar }),
      1,
      -1,
    ),
    changed(
      "more water does not raise Cs4PbBr6",
      (design) => ({ ...design, waterFraction: Math.min(1.05 * design.waterFraction, 1) }),
      1,
      -1,
    ),
    probe(
      "more Cs:Pb from oleate does not raise CsPb2Br5",
      withOleate,
      (design) =>
        simulate(moreCaesium(design)).phaseFractions.weightFractions[2] >
        simulate(design).phaseFractions.weightFractions[2] + 1e-9,
    ),
  ];
}

function simulate(design: Conditions): Simulation {
  return simulatePublished(design, relaxedAndDissolved);
}

const measuredColumns = [
  "sizeNanometre",
  "sizeDispersionPercent",
  "photoluminescencePeakNanometre",
  "photoluminescenceWidthNanometre",
  "quantumYield",
  "leadYield",
] as const;

/** How many of a column's readings equal its least or its greatest: clipped values would pile up there. */
function saturation(
  table: Table,
  name: string,
): { readonly atAnEnd: number; readonly known: number; readonly share: number } {
  const column = table.columns[name];
  if (isCategory(column)) throw new TypeError(`saturation: ${name} holds categories`);
  const known = Array.from(column).filter((value) => !Number.isNaN(value));
  const [least, greatest] = known.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  const atAnEnd = Math.max(
    known.filter((value) => value === least).length,
    known.filter((value) => value === greatest).length,
  );
  return { atAnEnd, known: known.length, share: atAnEnd / known.length };
}
