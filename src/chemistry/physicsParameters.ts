import fitted from "./fittedParameters.json" with { type: "json" };

/** Where a number of the twin comes from: read in a source, fitted by `twin calibrate-physics`, or assumed. */
export type ParameterStatus = "fact" | "fitted" | "assumed";

/** A number of the physics: its value, its unit, the bounds within which it may be fitted, and where it comes from. */
export interface PhysicsParameter {
  /** Short name for tables and figures. */
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly status: ParameterStatus;
  readonly meaning: string;
  readonly source: string;
}

/** Name of a physics parameter. */
export type ParameterName =
  | "reactionEnergy0"
  | "reactionEnergy1"
  | "reactionEnergy2"
  | "reactionEntropy0"
  | "reactionEntropy1"
  | "reactionEntropy2"
  | "lnSolubilityCaesiumBromide"
  | "lnSolubilityLeadBromide"
  | "dissolutionEnthalpyCaesiumBromide"
  | "dissolutionEnthalpyLeadBromide"
  | "acidBaseConstant"
  | "leadCapacity0"
  | "leadCapacity1"
  | "leadCapacityPolar"
  | "leadAmineBinding"
  | "leadPolarBinding"
  | "caesiumHydration"
  | "surfaceEnergyCsPbBr3"
  | "surfaceEnergyCs4PbBr6"
  | "surfaceEnergyCsPb2Br5"
  | "lnNucleationPrefactor"
  | "lnVisibleNuclei"
  | "kineticWeight"
  | "equilibriumSharpness1"
  | "equilibriumSharpness2"
  | "kineticOffset1"
  | "kineticOffset2"
  | "equilibriumOffset1"
  | "equilibriumOffset2"
  | "relaxationTime";

const growthMedium = "apparent constant of the ligand-rich growth medium, activity coefficients absorbed";

/**
 * Every adjustable number of the phase chemistry, before fitting. `low` and `high` bound what a chemist would
 * believe; the fit stays inside. Symbols follow the equations in the modules that use them.
 */
export const assumedParameters: Readonly<Record<ParameterName, PhysicsParameter>> = {
  // Reactions of the thermodynamic cycle at 298.15 K; entropies make them linear in temperature.
  reactionEnergy0: assumed(
    "ΔG of CsPbBr3",
    -22e3,
    "J/mol",
    -32e3,
    -10e3,
    "ΔG of CsBr + PbBr2 → CsPbBr3",
    "from the chloride (Tsvetkov et al. 2022, doi:10.1007/s10973-022-11480-8) by analogy",
  ),
  reactionEnergy1: assumed(
    "ΔG of Cs4PbBr6",
    -9e3,
    "J/mol",
    -20e3,
    -5e3,
    "ΔG of CsPbBr3 + 3 CsBr → Cs4PbBr6",
    "order of magnitude of computed convex hulls",
  ),
  reactionEnergy2: assumed(
    "ΔG of CsPb2Br5",
    -5e3,
    "J/mol",
    -15e3,
    -2e3,
    "ΔG of CsPbBr3 + PbBr2 → CsPb2Br5",
    "order of magnitude of computed convex hulls",
  ),
  reactionEntropy0: assumed(
    "ΔS of CsPbBr3",
    25,
    "J/mol/K",
    10,
    40,
    "ΔS of CsBr + PbBr2 → CsPbBr3",
    "33 J/mol/K for the chloride: doi:10.1007/s10973-022-11480-8",
  ),
  reactionEntropy1: assumed(
    "ΔS of Cs4PbBr6",
    -10,
    "J/mol/K",
    -20,
    0,
    "ΔS of CsPbBr3 + 3 CsBr → Cs4PbBr6",
    "assumed small",
  ),
  reactionEntropy2: assumed(
    "ΔS of CsPb2Br5",
    5,
    "J/mol/K",
    -5,
    15,
    "ΔS of CsPbBr3 + PbBr2 → CsPb2Br5",
    "assumed small",
  ),
  lnSolubilityCaesiumBromide: assumed(
    "ln K of CsBr",
    -10,
    "1",
    -11.5,
    -9,
    "ln K of CsBr at 298.15 K, mol²/L²",
    growthMedium,
  ),
  lnSolubilityLeadBromide: assumed(
    "ln K of PbBr2",
    -13.5,
    "1",
    -15,
    -12,
    "ln K of PbBr2 at 298.15 K, mol³/L³",
    growthMedium,
  ),
  dissolutionEnthalpyCaesiumBromide: assumed(
    "ΔH of CsBr",
    20e3,
    "J/mol",
    15e3,
    30e3,
    "ΔH of dissolving CsBr",
    "typical of ionic solids",
  ),
  dissolutionEnthalpyLeadBromide: assumed(
    "ΔH of PbBr2",
    25e3,
    "J/mol",
    20e3,
    30e3,
    "ΔH of dissolving PbBr2",
    "typical of ionic solids",
  ),
  // Speciation.
  acidBaseConstant: assumed(
    "acid-base K",
    50,
    "L/mol",
    10,
    100,
    "K_AB of oleic acid + oleylamine ⇌ oleylammonium oleate",
    "weak pairing in a hydrocarbon",
  ),
  leadCapacity0: assumed(
    "lead capacity c0",
    0.004,
    "mol/L",
    0.001,
    0.01,
    "c0: lead that dissolves at 120 °C without ligand",
    "PbBr2 hardly dissolves in octadecene",
  ),
  leadCapacity1: assumed("lead capacity c1", 0.5, "1", 0.3, 1, "c1: lead held per ligand", "oleate complexes of lead"),
  leadCapacityPolar: assumed(
    "lead capacity c2",
    3,
    "mol/L",
    1,
    5,
    "c2: lead that pure DMF or DMSO dissolves",
    "PbBr2 in DMSO above 1 mol/L",
  ),
  leadAmineBinding: assumed(
    "amine binding",
    20,
    "L/mol",
    5,
    100,
    "b_am: binding of lead by free oleylamine",
    "lone pairs of amines bind lead",
  ),
  leadPolarBinding: assumed(
    "solvent binding",
    4,
    "1",
    0,
    20,
    "b_s: binding of lead by the polar solvent",
    "DMF and DMSO solvate lead",
  ),
  caesiumHydration: assumed(
    "hydration",
    25,
    "1",
    10,
    50,
    "b_w: loss of caesium activity to water",
    "water strips CsBr: Wu et al. 2017, Nano Lett. 17, 5799",
  ),
  // Nucleation.
  surfaceEnergyCsPbBr3: assumed(
    "γ of CsPbBr3",
    0.022,
    "J/m²",
    0.015,
    0.035,
    "γ of ligand-covered CsPbBr3",
    "puts the metastable limit at ln S of 1 to 2",
  ),
  surfaceEnergyCs4PbBr6: assumed(
    "γ of Cs4PbBr6",
    0.02,
    "J/m²",
    0.015,
    0.035,
    "γ of ligand-covered Cs4PbBr6",
    "as CsPbBr3",
  ),
  surfaceEnergyCsPb2Br5: assumed(
    "γ of CsPb2Br5",
    0.024,
    "J/m²",
    0.015,
    0.035,
    "γ of ligand-covered CsPb2Br5",
    "as CsPbBr3",
  ),
  lnNucleationPrefactor: assumed(
    "ln A",
    Math.log(1e32),
    "1",
    Math.log(1e30),
    Math.log(1e35),
    "ln A, A in 1/m³/s",
    "textbook range of classical nucleation theory",
  ),
  lnVisibleNuclei: assumed(
    "ln N visible",
    Math.log(1e6),
    "1",
    Math.log(1e4),
    Math.log(1e8),
    "ln N_min: nuclei in the vessel that an operator notices",
    "assumed",
  ),
  // Phase fractions.
  kineticWeight: assumed(
    "kinetic weight c",
    0.2,
    "1",
    0.1,
    0.4,
    "c_k: how far nucleation rates decide the kinetic start",
    "assumed",
  ),
  equilibriumSharpness1: assumed(
    "sharpness s1",
    20,
    "1",
    4,
    80,
    "s_1: sharpness of the Cs4PbBr6 boundary",
    "finite: a vessel is not homogeneous",
  ),
  equilibriumSharpness2: assumed(
    "sharpness s2",
    20,
    "1",
    4,
    80,
    "s_2: sharpness of the CsPb2Br5 boundary",
    "finite: a vessel is not homogeneous",
  ),
  kineticOffset1: assumed(
    "kinetic offset a1",
    -2,
    "1",
    -6,
    0,
    "a_1: how much more slowly an embryo of Cs4PbBr6 orders, ln",
    "eleven ions to place instead of five; assumed",
  ),
  kineticOffset2: assumed(
    "kinetic offset a2",
    -2,
    "1",
    -6,
    0,
    "a_2: how much more slowly an embryo of CsPb2Br5 orders, ln",
    "eight ions to place instead of five; assumed",
  ),
  equilibriumOffset1: assumed(
    "offset o1",
    0,
    "1",
    -4,
    2,
    "o_1: offset of the Cs4PbBr6 logit at equilibrium",
    "assumed",
  ),
  equilibriumOffset2: assumed(
    "offset o2",
    0,
    "1",
    -5,
    2,
    "o_2: offset of the CsPb2Br5 logit at equilibrium",
    "assumed",
  ),
  relaxationTime: assumed(
    "relaxation time",
    60,
    "s",
    20,
    200,
    "τ0: relaxation towards equilibrium at 100 °C",
    "interconversion within minutes",
  ),
};

/** Values of the physics parameters by name, in the units of `physicsParameters`. */
export type PhysicsValues = Readonly<Record<ParameterName, number>>;

/** The physics parameters in use: assumed values, overlaid by what `twin calibrate-physics` fitted. */
export const physicsParameters: Readonly<Record<ParameterName, PhysicsParameter>> = overlay(
  assumedParameters,
  fitted.values,
);

/** Values of the physics parameters in use, by name. */
export const physics: PhysicsValues = valuesOf(physicsParameters);

export function valuesOf(parameters: Readonly<Record<ParameterName, PhysicsParameter>>): PhysicsValues {
  return Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, value])) as Record<
    ParameterName,
    number
  >;
}

function overlay(
  parameters: Readonly<Record<ParameterName, PhysicsParameter>>,
  values: Readonly<Partial<Record<ParameterName, number>>>,
): Readonly<Record<ParameterName, PhysicsParameter>> {
  const stranger = Object.keys(values).find((name) => !Object.hasOwn(parameters, name));
  if (stranger !== undefined)
    throw new RangeError(`fittedParameters.json: "${stranger}" is no parameter; run twin calibrate-physics again`);
  const overlaid = Object.entries(parameters).map(([name, parameter]) => {
    const value = values[name as ParameterName];
    if (value === undefined) return [name, parameter];
    if (!(value >= parameter.low && value <= parameter.high))
      throw new RangeError(
        `fittedParameters.json: ${name} must lie in [${parameter.low}, ${parameter.high}] ${parameter.unit}; ` +
          `got ${value}; run twin calibrate-physics again`,
      );
    return [name, { ...parameter, value, status: "fitted" }];
  });
  return Object.fromEntries(overlaid) as Record<ParameterName, PhysicsParameter>;
}

function assumed(
  label: string,
  value: number,
  unit: string,
  low: number,
  high: number,
  meaning: string,
  source: string,
): PhysicsParameter {
  return { label, value, unit, low, high, status: "assumed", meaning, source };
}
