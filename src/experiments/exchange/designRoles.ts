import { recipeFields } from "../../chemistry/recipeSchema.js";
import { cadmiumSelenideSchema } from "../loadCadmiumSelenide.js";
import { amountColumns, settingColumns } from "../loadCrystallisationCampaigns.js";
import { crystallisationSchema } from "../loadCrystallisations.js";

/** What a person sets in an experiment, and what is sought by it. */
export interface DesignRoles {
  /** Columns of what is set. */
  readonly inputs: readonly string[];
  /** Column of the number that is sought; null where the table has none of its own accord. */
  readonly target: string | null;
}

const platelets: DesignRoles = {
  inputs: Object.keys(recipeFields),
  target: "photoluminescencePeakNanometre",
};

const roles: Readonly<Record<string, DesignRoles>> = {
  nanoplatelets: platelets,
  "nanoplatelets-all": platelets,
  crystallisations: { inputs: before(crystallisationSchema, "crystalScore"), target: "crystalScore" },
  "crystallisation-campaigns": {
    inputs: ["organic", "secondOrganic", ...amountColumns, ...settingColumns],
    target: "crystalScore",
  },
  "cadmium-selenide": {
    inputs: before(cadmiumSelenideSchema, "diameterNanometre"),
    target: "diameterNanometre",
  },
  "nanoplatelet-spectra": { inputs: [], target: null },
};

/** Roles of the columns of a table of the manifest; any other table is taken as one of recipes. */
export function designRoles(name: string): DesignRoles {
  return Object.hasOwn(roles, name) ? roles[name] : { inputs: Object.keys(recipeFields), target: null };
}

function before(schema: Readonly<Record<string, unknown>>, column: string): string[] {
  const names = Object.keys(schema);
  return names.slice(0, names.indexOf(column));
}
