import { type RouteName, routeNames } from "../../chemistry/recipeSchema.js";
import { isMissingWord } from "./isMissingWord.js";
import { plainWord } from "./plainWord.js";

const routes: Readonly<Record<RouteName, RegExp>> = {
  "hot injection": /^(?:hot-?injection|hi|hotinj|heissinjektion|heißinjektion)$/,
  LARP: /^(?:larp|(?:ligand-?assisted)?reprecipitation|ligandassistedreprecipitation(?:\(larp\))?)$/,
  "reverse microemulsion": /^(?:reverse-?microemulsion|microemulsion|rme)$/,
  "bulk antisolvent": /^(?:bulkantisolvent|antisolvent(?:crystalli[sz]ation)?|avc)$/,
};

/** The route that a text names as people write it; "" for a missing one, undefined for any other text. */
export function meantRoute(text: string): RouteName | "" | undefined {
  const bare = plainWord(text);
  if (isMissingWord(bare)) return "";
  return routeNames.find((name) => routes[name].test(bare));
}
