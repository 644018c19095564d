import { NumberSlot } from "./layout.js";
import type { Recipe } from "./proposeRecipe.js";

/** Gives the numbers of a recipe, each with its slot: all those before `recipeSlots`. */
export function writeRecipe(recipe: Recipe, number: (slot: NumberSlot, value: number) => void): void {
  const { caesiumMolar, leadMolar, bromideMolar } = recipe;
  number(NumberSlot.temperatureCelsius, recipe.temperatureCelsius);
  number(NumberSlot.timeSecond, recipe.timeSecond);
  number(NumberSlot.caesiumMolar, caesiumMolar);
  number(NumberSlot.leadMolar, leadMolar);
  number(NumberSlot.bromideMolar, bromideMolar);
  number(NumberSlot.caesiumLeadRatio, caesiumMolar / leadMolar);
  number(NumberSlot.bromideLeadRatio, bromideMolar / leadMolar);
  number(NumberSlot.oleicAcidMolar, recipe.oleicAcidMolar);
  number(NumberSlot.oleylamineMolar, recipe.oleylamineMolar);
  number(NumberSlot.polarSolventFraction, recipe.polarSolventFraction);
  number(NumberSlot.waterFraction, recipe.waterFraction);
  number(NumberSlot.antisolventRatio, recipe.antisolventRatio);
  number(NumberSlot.mixingSecond, recipe.mixingSecond);
  number(NumberSlot.volumeMillilitre, recipe.volumeMillilitre);
}
