// Read by tsc and by the AssemblyScript compiler.

/** Numbers that the kernels read, float32, from MemoryMap.parameters on; made of physics values by `simdParameters`. */
export enum ParameterSlot {
  inverseAcidBase,
  leadCapacity0,
  leadCapacity1,
  leadCapacityPolar,
  leadAmineBinding,
  leadPolarBinding,
  caesiumHydration,
  // ln K(T) = constant - enthalpy/R (1/T - 1/T0), and dG/RT = energy/RT - entropy/R (1 - T0/T)
  lnSolubilityCaesiumBromide,
  enthalpyCaesiumBromide,
  lnSolubilityLeadBromide,
  enthalpyLeadBromide,
  energy0,
  entropy0,
  energy1,
  entropy1,
  energy2,
  entropy2,
  barrier0,
  barrier1,
  barrier2,
  lnPrefactor,
  lnVisibleNuclei,
  kineticWeight,
  kineticOffset1,
  kineticOffset2,
  sharpness1,
  sharpness2,
  equilibriumOffset1,
  equilibriumOffset2,
  relaxationTime,
  // Logarithms and a root that the compiler cannot take of a constant.
  lnMostCaesium,
  lnCentreBromide,
  /** Ripening that has happened at the first second. */
  ripeAtFirst,
  noise,
  labs,
  days,
}

/** One region: numbers in float32, ranges as value = a + b u, exponentiated where they are filled in the logarithm. */
export enum RegionSlot {
  temperatureLow,
  temperatureSpan,
  extraBromideLow,
  extraBromideSpan,
  lnTimeLow,
  lnTimeSpan,
  lnLeadLow,
  lnLeadSpan,
  lnCaesiumLow,
  lnCaesiumSpan,
  lnAcidLow,
  lnAcidSpan,
  lnAmineLow,
  lnAmineSpan,
  lnAntisolventLow,
  lnAntisolventSpan,
  lnWaterLow,
  lnWaterSpan,
  lnMixingLow,
  lnMixingSpan,
  lnVolumeLow,
  lnVolumeSpan,
  /** 1 for hot injection, whose designs have neither polar nor poor solvent. */
  isHot,
  /** 1 where caesium comes as oleate. */
  isOleate,
  dimethylSulfoxideShare,
  boilingCelsius,
  /** As a number. */
  route,
  count,
}
