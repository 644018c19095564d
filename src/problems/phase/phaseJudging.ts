import type { Judging } from "../../io/predictions/predictionLedger.js";

/**
 * How predictions of the phase and of numbers beside it will be judged, said before anybody knows the outcomes.
 *
 * @param options.isSimulated  whether the model learned from simulated recipes alone, so that none repeats one of them
 */
export function phaseJudging({ isSimulated }: { readonly isSimulated: boolean }): Judging {
  return { sentence: sentence(isSimulated), rules: { ...rules, repeatsOfTraining: isSimulated ? "none" : "apart" } };
}

function sentence(isSimulated: boolean): string {
  return (
    "A set is right if it holds the phase that was made (a suffix such as -1 names a polymorph and is left out; an " +
    "empty set is wrong); the likeliest phase is right if it was made; an interval is right if low <= measured <= " +
    "high, and is not judged where it was not answered or not measured, nor a size above 100 nm, which is no dot. " +
    "Shares of right ones are given for all recipes, and apart for those inside and those outside of the training " +
    "domain. Foreign metals and halides are no ions of the model: what their salts bring of bromide and lead counts, " +
    "the rest does not, and such a recipe is outside; where it made a phase that is none of the five, its phase and " +
    "set are wrong. " +
    (isSimulated
      ? "The model learned from simulated recipes alone, so none repeats one of training. "
      : "Recipes that repeat one of training, by their hash, are counted, and given apart besides. ") +
    "What is marked as known when it was registered is not judged. No outcome may change what is registered."
  );
}

const rules = {
  phase: { likeliest: "equal to the phase made", set: "holds the phase made", emptySet: "wrong", level: 0.9 },
  probabilities: "log loss in nats of the phase made, over recipes that made one of the five",
  intervals: { right: "low <= measured <= high", level: 0.9, notJudged: ["not answered", "not measured"] },
  sizeNanometre: { above100: "not judged" },
  notJudged: ["outcomes known when registered"],
  groups: ["all", "inside", "outside"],
  unit: "recipes of one paper stand together: intervals of shares are over papers",
  foreignIons: "salts count with their bromide and lead; the recipe is outside",
};
