import { phaseNames } from "../../src/chemistry/phases.js";
import { InputError } from "../../src/core/InputError.js";
import type { AskedRecipes, ServedAnswer, ServedModel } from "../../src/serving/ServedModel.js";
import type { DecidedRollout, Versions } from "../../src/serving/Versions.js";

/** How a played model answers. */
export interface FakeAnswers {
  /** Code of the phase of each recipe (default 0). */
  readonly phase?: (recipe: Readonly<Record<string, unknown>>) => number;
  /** Before it does: may wait, or throw. */
  readonly before?: () => Promise<unknown>;
  readonly isValid?: () => boolean;
}

/** A model that says what it is told, at once; recipes with "bad" are refused. */
export function fakeModel(
  version: string,
  { phase = () => 0, before = () => Promise.resolve(), isValid = () => true }: FakeAnswers = {},
): ServedModel & { readonly asked: AskedRecipes[] } {
  const asked: AskedRecipes[] = [];
  return {
    version: version.repeat(64).slice(0, 64),
    asked,
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
    async answer(one): Promise<ServedAnswer> {
      asked.push(one);
      await before();
      const recipes = ("one" in one.recipes ? [one.recipes.one] : one.recipes) as Record<string, unknown>[];
      if (recipes.some((recipe) => "unreadable" in recipe))
        throw new InputError({ where: "recipes, row 1, column unreadable", must: "m", got: "g", mend: "n" });
      const said = recipes.map((recipe) => ("bad" in recipe ? null : phase(recipe)));
      const refused = said.flatMap((code, i) =>
        code === null
          ? [{ row: i + 1, column: "bad", at: `row ${i + 1}, column bad`, must: "m", got: "g", mend: "n" }]
          : [],
      );
      const answered = said.filter((code) => code !== null).length;
      const rows = said.map((code) => (code === null ? null : phaseNames[code]));
      return {
        text: `{\n"said": ${JSON.stringify(rows)},\n"by": "${version}"\n}\n`,
        said,
        answered,
        outside: 0,
        refused,
        isValid: isValid(),
      };
    },
  };
}

/** Versions that remember what was decided of them. */
export function fakeVersions(
  champion: ServedModel,
  challenger: ServedModel | null,
): Versions & { readonly rolledBack: DecidedRollout[]; readonly promoted: DecidedRollout[] } {
  const [rolledBack, promoted]: [DecidedRollout[], DecidedRollout[]] = [[], []];
  const keep = (list: DecidedRollout[]) => (decided: DecidedRollout) => {
    list.push(decided);
    return Promise.resolve();
  };
  return { champion, challenger, rolledBack, promoted, rollBack: keep(rolledBack), promote: keep(promoted) };
}
