// Read by tsc and by the AssemblyScript compiler: the one list of what an engine computes per row, in order.

/** Number columns of an experiment, float32. Their names are column names of `experimentSchema`. */
export enum NumberSlot {
  temperatureCelsius,
  timeSecond,
  caesiumMolar,
  leadMolar,
  bromideMolar,
  caesiumLeadRatio,
  bromideLeadRatio,
  oleicAcidMolar,
  oleylamineMolar,
  polarSolventFraction,
  waterFraction,
  antisolventRatio,
  mixingSecond,
  volumeMillilitre,
  trueTemperatureCelsius,
  trueCaesiumMolar,
  trueLeadMolar,
  trueBromideMolar,
  trueOleylamineMolar,
  trueWaterFraction,
  trueMixingSecond,
  trueDetectionThreshold,
  trueQuantumYieldGain,
  truePeakShiftNanometre,
  trueIonPairMolar,
  trueFreeOleylamineMolar,
  trueDissolvedLeadMolar,
  trueCaesiumActivity,
  trueLeadActivity,
  trueLnSupersaturationCsBr,
  trueLnSupersaturationPbBr2,
  trueLnSupersaturationCsPbBr3,
  trueLnSupersaturationCs4PbBr6,
  trueLnSupersaturationCsPb2Br5,
  trueExchangeCs4PbBr6,
  trueExchangeCsPb2Br5,
  trueLnNucleationRateCsPbBr3,
  trueLnNucleationRateCs4PbBr6,
  trueLnNucleationRateCsPb2Br5,
  trueOnsetProbability,
  trueWeightFractionCsPbBr3,
  trueWeightFractionCs4PbBr6,
  trueWeightFractionCsPb2Br5,
  trueLeadYield,
  trueProbabilityCsPbBr3,
  trueProbabilityCs4PbBr6,
  trueProbabilityCsPb2Br5,
  trueProbabilityCoexistence,
  trueProbabilityNothing,
  trueSizeNanometre,
  trueSizeDispersionPercent,
  truePhotoluminescencePeakNanometre,
  truePhotoluminescenceWidthNanometre,
  trueQuantumYield,
  sizeNanometre,
  sizeDispersionPercent,
  photoluminescencePeakNanometre,
  photoluminescenceWidthNanometre,
  quantumYield,
  leadYield,
}

/** Category columns, small integers. */
export enum CodeSlot {
  campaign,
  route,
  caesiumSource,
  bromideSource,
  polarSolvent,
  antisolvent,
  growthPolymorph,
  lab,
  operator,
  batch,
  date,
  truePhase,
  phase,
}

/** Coordinates of a design in the unit cube, one uniform number each. */
export enum DesignAxis {
  campaign,
  temperatureCelsius,
  timeSecond,
  leadMolar,
  caesiumLeadRatio,
  oleicAcidLeadRatio,
  oleylamineLeadRatio,
  extraBromideLeadRatio,
  antisolventRatio,
  waterFraction,
  mixingSecond,
  volumeMillilitre,
  polarSolvent,
}

/** What is true in a laboratory on one day; one float32 each, 16 to a cache line. */
export enum CalendarField {
  temperatureOffset,
  lnCaesium,
  lnLead,
  lnOleylamine,
  lnWater,
  lnMixing,
  lnSize,
  temperatureSlope,
  bromideSlope,
  quantumYieldGain,
  peakShift,
  /** Detection thresholds of the laboratory's three operators follow one another. */
  threshold,
}

export const numberSlots: number = 60;
/** How many of them, the first ones, are the recipe as it is written down. */
export const recipeSlots: number = 14;
export const codeSlots: number = 13;
export const designAxes: number = 13;
/** How many numbers a laboratory has for each day of its calendar, see CalendarField. */
export const calendarFields: number = 16;
export const operatorsPerLab: number = 3;
export const daysPerWeek: number = 7;
/** Rows of one chunk, the most that an engine holds at a time. */
export const chunkRows: number = 4096;
