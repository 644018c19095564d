/*
 * What a recipe is, with unit, range, meaning and source of each of its variables, which phases there are, and the
 * equations that lead from one to the other. Recipes and physics parameters go in; ions, supersaturation, phases,
 * sizes and emission come out. The generator makes rows with it, features and rules read it.
 */

export type { Conditions } from "./Conditions.js";
export { designFault, designFaults, type Design } from "./designFault.js";
export { elementMasses } from "./elementMasses.js";
export { formulaElements, formulaMass } from "./formulaElements.js";
export { leadYield } from "./leadYield.js";
export {
  mixture,
  mixtureColumns,
  mixtureParts,
  type Mixture,
  type MixtureColumn,
  type MixturePart,
} from "./mixture.js";
export { nearestStoichiometry } from "./nearestStoichiometry.js";
export { nucleation, type Nucleation } from "./nucleation.js";
export { emissionEnergy, emissionPeak, emissionWidth, quantumYield } from "./optics.js";
export { phaseFractions, type PhaseFractions } from "./phaseFractions.js";
export { labelProbabilities, phaseLabel, type LabelEvidence } from "./phaseLabel.js";
export { decidingRules, phaseRules, type PhaseRule } from "./phaseRules.js";
export { compounds, phaseCode, phaseNames, type Compound, type PhaseName } from "./phases.js";
export {
  physics,
  physicsParameters,
  type ParameterName,
  type ParameterStatus,
  type PhysicsParameter,
  type PhysicsValues,
} from "./physicsParameters.js";
export { growthPolymorph, polymorphNames } from "./polymorph.js";
export { recipeFaultNames, recipeFaults } from "./recipeFaults.js";
export { reagentRoles, type Reagent, type ReagentIons, type ReagentLigands, type ReagentRole } from "./Reagent.js";
export { reagentAmount, type Quantity, type ReagentAmount } from "./reagentAmount.js";
export {
  builtInReagents,
  extendReagents,
  findReagent,
  otherMeaning,
  type ReagentEntry,
  type ReagentList,
} from "./reagentList.js";
export {
  outcomeFields,
  provenanceFields,
  recipeFields,
  recipeSchema,
  routeNames,
  type RouteName,
} from "./recipeSchema.js";
export { particleSize, sizeDispersion, averageHabit, type SizeConditions, type SizeHabit } from "./size.js";
export { speciation, type Speciation } from "./speciation.js";
export { convertUnit, quantityOf, unitsOf, type UnitQuantity } from "./units.js";
export { supersaturation, type Supersaturation } from "./supersaturation.js";
