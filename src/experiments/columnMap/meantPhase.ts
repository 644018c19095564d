import { type PhaseName, phaseNames } from "../../chemistry/phases.js";
import { isMissingWord } from "./isMissingWord.js";
import { plainWord } from "./plainWord.js";

const phases: Readonly<Record<PhaseName, RegExp>> = {
  CsPbBr3: /^(?:cspbbr3(?:-\d|ncs?|nanocrystals?|nanocubes?|perovskite)?|113|1-1-3|3d|perovskite)$/,
  Cs4PbBr6: /^(?:cs4pbbr6(?:-\d|ncs?)?|416|4-1-6|0d)$/,
  CsPb2Br5: /^(?:cspb2br5(?:-\d|ncs?)?|125|1-2-5|2d)$/,
  coexistence: /^(?:coexistence|mixed|mix|mixture|mixedphases?|multiphase|dual-?phase|several|both)$/,
  "no target product":
    /^(?:notargetproduct|none|no|noproduct|nothing|noreaction|noprecipitate|noparticles?|failed|fail|clear)$/,
};

/** The phase that a text names as people write it; "" for a missing one, undefined for any other text. */
export function meantPhase(text: string): PhaseName | "" | undefined {
  const bare = plainWord(text);
  if (isMissingWord(bare)) return "";
  const one = phaseNames.find((name) => phases[name].test(bare));
  if (one !== undefined) return one;
  const parts = bare.split(/[+/&,]|and/);
  const named = parts.map((part) => phaseNames.slice(0, 3).find((name) => phases[name].test(part)));
  return parts.length > 1 && named.every((name) => name !== undefined) ? "coexistence" : undefined;
}
