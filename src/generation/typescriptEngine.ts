import { designFault, designFaults } from "../chemistry/designFault.js";
import { growthPolymorph } from "../chemistry/polymorph.js";
import { antisolvents, bromideSources, caesiumSources, polarSolvents, routeNames } from "../chemistry/recipeSchema.js";
import { philoxUniforms } from "../core/random/philoxUniforms.js";
import { pickShare } from "../core/random/pickShare.js";
import { columnMemory } from "./columnMemory.js";
import {
  type Chunk,
  type ExperimentEngine,
  type GivenRecipes,
  mostAttempts,
  type TwinSetup,
} from "./ExperimentEngine.js";
import {
  CalendarField,
  calendarFields,
  chunkRows,
  CodeSlot,
  daysPerWeek,
  designAxes,
  DesignAxis,
  NumberSlot,
  operatorsPerLab,
} from "./layout.js";
import { leastBromide, mostWaterInVessel } from "./laboratoryConstants.js";
import { proposeRecipe, type Recipe } from "./proposeRecipe.js";
import { readOutcome } from "./readOutcome.js";
import { simulateExperiment, type Simulation } from "./simulateExperiment.js";
import { writeRecipe } from "./writeRecipe.js";

/**
 * The readable engine: one row after the other, in float64, from the chemistry modules themselves. It is what the
 * SIMD engine is checked against. Rows are stored as float32.
 */
export function typescriptEngine(setup: TwinSetup): ExperimentEngine {
  const { numbers, codes, faults } = columnMemory(chunkRows, { shared: false });
  const rejected = new Float64Array(designFaults.length);
  const chunkOf = (first: number, rows: number, design: (i: number) => Proposal): Chunk => {
    for (let i = 0; i < rows; i++) {
      const { recipe, region, fault } = design(i);
      faults[i] = fault;
      fillRow(
        setup,
        first + i,
        recipe,
        region,
        (slot, value) => (numbers[slot][i] = value),
        (slot, value) => (codes[slot][i] = value),
      );
    }
    return {
      rows,
      numbers: numbers.map((column) => column.subarray(0, rows)),
      codes: codes.map((column) => column.subarray(0, rows)),
      faults: faults.subarray(0, rows),
    };
  };
  return {
    name: "typescript",
    rejected,
    fill: (first, rows, points) =>
      chunkOf(first, rows, (i) =>
        points === undefined ? randomDesign(setup, first + i, rejected) : designAt(setup, points, i, rows, rejected),
      ),
    carryOut: (first, recipes) =>
      chunkOf(first, recipes.rows, (i) => ({ recipe: givenRecipe(recipes, i), region: 0, fault: 0 })),
  };
}

function givenRecipe(
  { numbers, caesiumOleateMolar, extraBromideMolar, route, polarSolvent }: GivenRecipes,
  row: number,
): Recipe {
  const number = (slot: NumberSlot): number => numbers[slot][row];
  return {
    route: routeNames[route[row]],
    temperatureCelsius: number(NumberSlot.temperatureCelsius),
    timeSecond: number(NumberSlot.timeSecond),
    mixingSecond: number(NumberSlot.mixingSecond),
    volumeMillilitre: number(NumberSlot.volumeMillilitre),
    caesiumMolar: number(NumberSlot.caesiumMolar),
    leadMolar: number(NumberSlot.leadMolar),
    bromideMolar: number(NumberSlot.bromideMolar),
    extraBromideMolar: extraBromideMolar[row],
    oleicAcidMolar: number(NumberSlot.oleicAcidMolar),
    oleylamineMolar: number(NumberSlot.oleylamineMolar),
    caesiumOleateMolar: caesiumOleateMolar[row],
    polarSolvent: polarSolvents[polarSolvent[row]],
    polarSolventFraction: number(NumberSlot.polarSolventFraction),
    waterFraction: number(NumberSlot.waterFraction),
    antisolvent: antisolvents[route[row]],
    antisolventRatio: number(NumberSlot.antisolventRatio),
  };
}

interface Proposal {
  readonly recipe: Recipe;
  readonly region: number;
  readonly fault: number;
}

/** The first proposal of this row that can be carried out: a function of seed and row. */
function randomDesign(setup: TwinSetup, row: number, rejected: Float64Array): Proposal {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const proposal = propose(setup, philoxUniforms(designAxes, { row, attempt, key: setup.keys.design }));
    if (proposal.fault === 0) return proposal;
    rejected[proposal.fault]++;
  }
  throw new RangeError(
    `generateExperiments: a design must be possible; row ${row} had ${mostAttempts} impossible proposals; ` +
      "widen the regions",
  );
}

function designAt(setup: TwinSetup, points: Float32Array, i: number, rows: number, rejected: Float64Array): Proposal {
  const proposal = propose(
    setup,
    Float64Array.from({ length: designAxes }, (_, axis) => points[axis * rows + i]),
  );
  if (proposal.fault !== 0) rejected[proposal.fault]++;
  return proposal;
}

function propose({ regions, weights }: TwinSetup, point: Float64Array): Proposal {
  const region = pickShare(weights, point[DesignAxis.campaign]);
  const recipe = proposeRecipe(regions[region].region, point);
  return { recipe, region, fault: designFault(recipe) };
}

function fillRow(
  setup: TwinSetup,
  row: number,
  recipe: Recipe,
  region: number,
  number: (slot: NumberSlot, value: number) => void,
  code: (slot: CodeSlot, value: number) => void,
): void {
  const {
    laboratories: { count, days, calendar },
    physics,
    keys,
    noise,
  } = setup;
  const [labDraw, operatorDraw, dayDraw] = philoxUniforms(3, { row, key: keys.people });
  // Rounded like the SIMD engine's product, or a draw next to midnight would fall on two days.
  const pickOf = (draw: number, choices: number): number => Math.floor(Math.fround(draw * choices));
  const [lab, operator, day] = [pickOf(labDraw, count), pickOf(operatorDraw, operatorsPerLab), pickOf(dayDraw, days)];
  const today = (field: CalendarField): number => calendar[(lab * days + day) * calendarFields + field];
  const threshold = today(CalendarField.threshold + operator);
  const conditions = inTheVessel(recipe, today);
  const habit = {
    lnSize: today(CalendarField.lnSize),
    temperatureSlope: today(CalendarField.temperatureSlope),
    bromideSlope: today(CalendarField.bromideSlope),
  };
  const simulation = simulateExperiment(conditions, { physics, habit, threshold });

  writeRecipe(recipe, number);
  writeConditions(conditions, number);
  number(NumberSlot.trueDetectionThreshold, threshold);
  number(NumberSlot.trueQuantumYieldGain, today(CalendarField.quantumYieldGain));
  number(NumberSlot.truePeakShiftNanometre, today(CalendarField.peakShift));
  writeSimulation(simulation, number);

  const { phase, outcome: seen } = readOutcome(simulation, {
    row,
    key: keys.noise,
    noise,
    gain: today(CalendarField.quantumYieldGain),
    shift: today(CalendarField.peakShift),
  });
  number(NumberSlot.sizeNanometre, seen.size);
  number(NumberSlot.sizeDispersionPercent, 100 * seen.dispersion);
  number(NumberSlot.photoluminescencePeakNanometre, seen.peak);
  number(NumberSlot.photoluminescenceWidthNanometre, seen.width);
  number(NumberSlot.quantumYield, seen.quantumYield);
  number(NumberSlot.leadYield, seen.leadYield);

  code(CodeSlot.campaign, region);
  writeCodes(recipe, conditions.temperatureCelsius, code);
  code(CodeSlot.lab, lab);
  code(CodeSlot.operator, lab * operatorsPerLab + operator);
  code(CodeSlot.batch, lab * (days / daysPerWeek) + Math.floor(day / daysPerWeek));
  code(CodeSlot.date, day);
  code(CodeSlot.truePhase, simulation.label);
  code(CodeSlot.phase, phase);
}

/** What is really in the vessel when this laboratory carries out the recipe today. */
function inTheVessel(recipe: Recipe, today: (field: CalendarField) => number): Recipe {
  const {
    caesiumMolar,
    leadMolar,
    caesiumOleateMolar,
    extraBromideMolar,
    oleylamineMolar,
    waterFraction,
    mixingSecond,
    temperatureCelsius,
  } = recipe;
  const caesium = Math.exp(today(CalendarField.lnCaesium));
  const lead = Math.exp(today(CalendarField.lnLead));
  return {
    ...recipe,
    temperatureCelsius: temperatureCelsius + today(CalendarField.temperatureOffset),
    caesiumMolar: caesium * caesiumMolar,
    leadMolar: lead * leadMolar,
    bromideMolar: Math.max(
      2 * lead * leadMolar + caesium * (caesiumMolar - caesiumOleateMolar) + extraBromideMolar,
      leastBromide,
    ),
    caesiumOleateMolar: caesium * caesiumOleateMolar,
    oleylamineMolar: Math.exp(today(CalendarField.lnOleylamine)) * oleylamineMolar,
    waterFraction: Math.min(Math.exp(today(CalendarField.lnWater)) * waterFraction, mostWaterInVessel),
    mixingSecond: Math.exp(today(CalendarField.lnMixing)) * mixingSecond,
  };
}

function writeConditions(vessel: Recipe, number: (slot: NumberSlot, value: number) => void): void {
  number(NumberSlot.trueTemperatureCelsius, vessel.temperatureCelsius);
  number(NumberSlot.trueCaesiumMolar, vessel.caesiumMolar);
  number(NumberSlot.trueLeadMolar, vessel.leadMolar);
  number(NumberSlot.trueBromideMolar, vessel.bromideMolar);
  number(NumberSlot.trueOleylamineMolar, vessel.oleylamineMolar);
  number(NumberSlot.trueWaterFraction, vessel.waterFraction);
  number(NumberSlot.trueMixingSecond, vessel.mixingSecond);
}

function writeSimulation(
  { speciation, supersaturation, nucleation, phaseFractions, probabilities, outcome }: Simulation,
  number: (slot: NumberSlot, value: number) => void,
): void {
  number(NumberSlot.trueIonPairMolar, speciation.ionPairMolar);
  number(NumberSlot.trueFreeOleylamineMolar, speciation.freeOleylamineMolar);
  number(NumberSlot.trueDissolvedLeadMolar, speciation.dissolvedLeadMolar);
  number(NumberSlot.trueCaesiumActivity, speciation.caesiumActivity);
  number(NumberSlot.trueLeadActivity, speciation.leadActivity);
  number(NumberSlot.trueLnSupersaturationCsBr, supersaturation.lnCaesiumBromide);
  number(NumberSlot.trueLnSupersaturationPbBr2, supersaturation.lnLeadBromide);
  number(NumberSlot.trueLnSupersaturationCsPbBr3, supersaturation.lnCsPbBr3);
  number(NumberSlot.trueLnSupersaturationCs4PbBr6, supersaturation.lnCs4PbBr6);
  number(NumberSlot.trueLnSupersaturationCsPb2Br5, supersaturation.lnCsPb2Br5);
  number(NumberSlot.trueExchangeCs4PbBr6, supersaturation.exchangeCs4PbBr6);
  number(NumberSlot.trueExchangeCsPb2Br5, supersaturation.exchangeCsPb2Br5);
  number(NumberSlot.trueLnNucleationRateCsPbBr3, nucleation.lnRateCsPbBr3);
  number(NumberSlot.trueLnNucleationRateCs4PbBr6, nucleation.lnRateCs4PbBr6);
  number(NumberSlot.trueLnNucleationRateCsPb2Br5, nucleation.lnRateCsPb2Br5);
  number(NumberSlot.trueOnsetProbability, nucleation.onsetProbability);
  phaseFractions.weightFractions.forEach((share, k) => number(NumberSlot.trueWeightFractionCsPbBr3 + k, share));
  probabilities.forEach((probability, k) => number(NumberSlot.trueProbabilityCsPbBr3 + k, probability));
  number(NumberSlot.trueLeadYield, outcome.leadYield);
  number(NumberSlot.trueSizeNanometre, outcome.size);
  number(NumberSlot.trueSizeDispersionPercent, 100 * outcome.dispersion);
  number(NumberSlot.truePhotoluminescencePeakNanometre, outcome.peak);
  number(NumberSlot.truePhotoluminescenceWidthNanometre, outcome.width);
  number(NumberSlot.trueQuantumYield, outcome.quantumYield);
}

function writeCodes(recipe: Recipe, temperatureCelsius: number, code: (slot: CodeSlot, value: number) => void): void {
  const caesium = caesiumSources.indexOf(recipe.caesiumOleateMolar > 0 ? "caesium oleate" : "caesium bromide");
  code(CodeSlot.route, routeNames.indexOf(recipe.route));
  code(CodeSlot.caesiumSource, caesium);
  code(CodeSlot.bromideSource, (bromideSources.length / 2) * caesium + (recipe.extraBromideMolar > 0 ? 1 : 0));
  code(CodeSlot.polarSolvent, polarSolvents.indexOf(recipe.polarSolvent));
  code(CodeSlot.antisolvent, antisolvents.indexOf(recipe.antisolvent));
  code(CodeSlot.growthPolymorph, growthPolymorph(temperatureCelsius));
}
