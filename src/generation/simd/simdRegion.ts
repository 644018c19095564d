import { boilingCelsius } from "../../chemistry/designFault.js";
import { routeNames } from "../../chemistry/recipeSchema.js";
import type { Region, RegionRanges } from "../Region.js";
import { RegionSlot } from "./parameterSlots.js";

/** A region as the kernels read it, in the order of RegionSlot. */
export function simdRegion({ route, caesiumSource, dimethylSulfoxideShare, ranges }: Region): Float32Array {
  const numbers = new Float32Array(RegionSlot.count);
  const put = (slot: RegionSlot, [low, high]: readonly [number, number]): void => numbers.set([low, high - low], slot);
  const inLogarithm = (name: keyof RegionRanges): readonly [number, number] => [
    Math.log(ranges[name][0]),
    Math.log(ranges[name][1]),
  ];
  put(RegionSlot.temperatureLow, ranges.temperatureCelsius);
  put(RegionSlot.extraBromideLow, ranges.extraBromideLeadRatio);
  put(RegionSlot.lnTimeLow, inLogarithm("timeSecond"));
  put(RegionSlot.lnLeadLow, inLogarithm("leadMolar"));
  put(RegionSlot.lnCaesiumLow, inLogarithm("caesiumLeadRatio"));
  put(RegionSlot.lnAcidLow, inLogarithm("oleicAcidLeadRatio"));
  put(RegionSlot.lnAmineLow, inLogarithm("oleylamineLeadRatio"));
  put(RegionSlot.lnAntisolventLow, inLogarithm("antisolventRatio"));
  put(RegionSlot.lnWaterLow, inLogarithm("waterFraction"));
  put(RegionSlot.lnMixingLow, inLogarithm("mixingSecond"));
  put(RegionSlot.lnVolumeLow, inLogarithm("volumeMillilitre"));
  numbers[RegionSlot.isHot] = Number(route === "hot injection");
  numbers[RegionSlot.isOleate] = Number(caesiumSource === "caesium oleate");
  numbers[RegionSlot.dimethylSulfoxideShare] = dimethylSulfoxideShare;
  numbers[RegionSlot.boilingCelsius] = boilingCelsius[route];
  numbers[RegionSlot.route] = routeNames.indexOf(route);
  return numbers;
}
