import {
  acidShare,
  capacityKelvin,
  capacityScaleKelvin,
  gasConstant,
  leastActivity,
  roomKelvin,
  zeroCelsiusKelvin,
} from "../../chemistry/constants.js";
import { physics as p } from "../../chemistry/physicsParameters.js";
import { InputError } from "../../core/InputError.js";
import { farthest, isBromideSource, leastLigandRatio, leastWater } from "../../features/recipeFeatures.js";
import type { OnnxGraph, OnnxTensor } from "../../training/files/onnxGraph.js";
import { onnxMaths } from "../../training/files/onnxMaths.js";
import type { RecipeTensors } from "./RecipeTensors.js";

/** Features of recipes in a graph, float64 [batch, 1], by name: NaN or a number of no meaning where one is missing. */
export type OnnxFeatures = (name: string) => OnnxTensor;

/**
 * The formulas of recipeFeatures, speciation and supersaturation once more, in a graph: a test asks both for every
 * feature that there is.
 *
 * @throws InputError when it is asked for a feature that has no such formula
 */
export function onnxFeatures(graph: OnnxGraph, recipes: RecipeTensors): OnnxFeatures {
  const { add, div, equal, log, max, min, sub, where } = onnxMaths(graph);
  const of = (name: string): OnnxTensor => recipes.numbers.get(name)!;
  const perLead = (column: string, shift: number): OnnxTensor => {
    const ratio = div(of(column), of("leadMolar"));
    return log(shift === 0 ? ratio : add(ratio, shift));
  };
  const bounded = (value: OnnxTensor): OnnxTensor => max(-farthest, min(farthest, value));
  let saturation: ReturnType<typeof onnxSupersaturation> | null = null;
  const saturated = (): ReturnType<typeof onnxSupersaturation> => (saturation ??= onnxSupersaturation(graph, recipes));
  const formulas: Readonly<Record<string, () => OnnxTensor>> = {
    temperatureCelsius: () => of("temperatureCelsius"),
    lnTime: () => log(of("timeSecond")),
    lnMixing: () => log(of("mixingSecond")),
    lnVolume: () => log(of("volumeMillilitre")),
    lnLead: () => log(of("leadMolar")),
    lnCaesiumLead: () => perLead("caesiumMolar", 0),
    lnBromideLead: () => perLead("bromideMolar", 0),
    lnOleicAcidLead: () => perLead("oleicAcidMolar", leastLigandRatio),
    lnOleylamineLead: () => perLead("oleylamineMolar", leastLigandRatio),
    ligandBalance: () => {
      const [acid, base] = [of("oleicAcidMolar"), of("oleylamineMolar")];
      const sum = add(base, acid);
      return where(equal(sum, 0), 0, div(sub(base, acid), sum));
    },
    polarSolventFraction: () => of("polarSolventFraction"),
    lnWater: () => log(add(of("waterFraction"), leastWater)),
    lnAntisolvent: () => log(add(of("antisolventRatio"), 1)),
    lnSupersaturation: () => bounded(saturated().lnCsPbBr3),
    exchangeToCs4PbBr6: () => bounded(saturated().exchangeCs4PbBr6),
    exchangeToCsPb2Br5: () => bounded(saturated().exchangeCsPb2Br5),
  };
  return (name) => {
    if (!Object.hasOwn(formulas, name))
      throw new InputError({
        where: "ONNX export",
        must: `must be of the features ${Object.keys(formulas).join(", ")}`,
        got: `"${name}"`,
        mend: "serve this model with `twin serve` or `twin predict`",
      });
    return formulas[name]();
  };
}

/** Names as in speciation and supersaturation. */
function onnxSupersaturation(
  graph: OnnxGraph,
  { numbers, categories }: RecipeTensors,
): Readonly<Record<"lnCsPbBr3" | "exchangeCs4PbBr6" | "exchangeCsPb2Br5", OnnxTensor>> {
  const { add, div, exp, log, lookUp, max, min, mul, sqrt, sub, where } = onnxMaths(graph);
  const of = (name: string): OnnxTensor => numbers.get(name)!;
  const source = categories.get("caesiumSource")!;
  const isBromide = lookUp(
    "bool",
    source.levels.map((level) => Number(isBromideSource(level))),
    source.codes,
  );
  const acid = max(sub(of("oleicAcidMolar"), where(isBromide, 0, of("caesiumMolar"))), 0);
  const amine = of("oleylamineMolar");
  const s = add(acid, amine, 1 / p.acidBaseConstant);
  const ionPair = div(mul(2, acid, amine), add(s, sqrt(max(sub(mul(s, s), mul(4, acid, amine)), 0))));
  const freeAmine = max(sub(amine, ionPair), 0);
  const T = add(of("temperatureCelsius"), zeroCelsiusKelvin);
  const warming = exp(div(sub(T, capacityKelvin), capacityScaleKelvin));
  const polar = of("polarSolventFraction");
  const held = add(p.leadCapacity0, mul(p.leadCapacity1, add(mul(acidShare, acid), ionPair)));
  const dissolvedLead = min(of("leadMolar"), add(mul(held, warming), mul(p.leadCapacityPolar, polar)));
  const caesiumActivity = div(of("caesiumMolar"), add(1, mul(p.caesiumHydration, of("waterFraction"))));
  const leadActivity = div(dissolvedLead, add(1, mul(p.leadAmineBinding, freeAmine), mul(p.leadPolarBinding, polar)));
  const inverse = sub(div(1, T), 1 / roomKelvin);
  const lnBromide = log(max(of("bromideMolar"), leastActivity));
  const lnSolubility = (atRoom: number, enthalpy: number): OnnxTensor =>
    sub(atRoom, mul(enthalpy / gasConstant, inverse));
  const lnCaesiumBromide = sub(
    add(log(max(caesiumActivity, leastActivity)), lnBromide),
    lnSolubility(p.lnSolubilityCaesiumBromide, p.dissolutionEnthalpyCaesiumBromide),
  );
  const lnLeadBromide = sub(
    add(log(max(leadActivity, leastActivity)), mul(2, lnBromide)),
    lnSolubility(p.lnSolubilityLeadBromide, p.dissolutionEnthalpyLeadBromide),
  );
  const energy = (atRoom: number, entropy: number): OnnxTensor =>
    div(sub(atRoom, mul(entropy, sub(T, roomKelvin))), mul(gasConstant, T));
  return {
    lnCsPbBr3: sub(add(lnCaesiumBromide, lnLeadBromide), energy(p.reactionEnergy0, p.reactionEntropy0)),
    exchangeCs4PbBr6: sub(mul(3, lnCaesiumBromide), energy(p.reactionEnergy1, p.reactionEntropy1)),
    exchangeCsPb2Br5: sub(lnLeadBromide, energy(p.reactionEnergy2, p.reactionEntropy2)),
  };
}
