import { mixture, mixtureColumns, type MixtureColumn } from "../chemistry/mixture.js";
import { reagentAmount } from "../chemistry/reagentAmount.js";
import type { Reagent } from "../chemistry/Reagent.js";
import { builtInReagents, findReagent } from "../chemistry/reagentList.js";
import type { RouteName } from "../chemistry/recipeSchema.js";
import { InputError } from "../core/InputError.js";

/** Volumes in µL and concentrations in mol/L of one platelet synthesis. */
export interface PlateletVolumes {
  readonly caesium: number;
  readonly lead: number;
  readonly antisolvent: number;
  readonly caesiumStock: number;
  readonly leadStock: number;
}

/** What a recipe of a platelet table tells; ligands and water are not in the tables and are missing (NaN). */
export type PlateletRecipe = Readonly<Record<MixtureColumn, number>> & {
  readonly route: RouteName;
  readonly temperatureCelsius: number;
  readonly caesiumSource: string;
  readonly bromideSource: string;
  readonly antisolvent: string;
};

/** What holds for both platelet tables and is not written in them. */
export const plateletAssumptions: readonly string[] = [
  "Room temperature is taken as 25 °C.",
  "All bromide comes from PbBr2, two per lead; the caesium stock is the oleate.",
  "Ligand amounts and reaction times are not in the table and stay missing.",
];

/**
 * Columns of the recipe schema that volumes and stock concentrations give. A polar solvent in the place of the poor
 * one (DMF, DMSO) is a share of polar solvent, and no antisolvent.
 *
 * @param antisolvent  its name or abbreviation
 * @param where  row and column of it, for messages
 * @param options.strangers  takes one that the list of reagents does not have, by its name (default false)
 * @throws InputError if the list of reagents does not have the antisolvent
 */
export function plateletRecipe(
  volumes: PlateletVolumes,
  antisolvent: string,
  where: string,
  { strangers = false }: { readonly strangers?: boolean } = {},
): PlateletRecipe {
  // Of nothing no name is needed.
  const isNamed = strangers && (antisolvent !== "" || volumes.antisolvent === 0);
  const poor = findReagent(builtInReagents, antisolvent) ?? (isNamed ? strangeAntisolvent(antisolvent) : null);
  if (poor === null)
    throw new InputError({
      where,
      must: "the antisolvent must be a reagent of the list",
      got: `"${antisolvent}"`,
      mend: "import the table that the manifest names",
    });
  const [caesium, lead] = ["caesium oleate", "lead bromide"].map((name) => findReagent(builtInReagents, name)!);
  // In µL and µmol: their ratios are those of mL and mmol.
  const mixed = mixture([
    reagentAmount(caesium, { molar: volumes.caesiumStock, millilitre: volumes.caesium }, { where }),
    reagentAmount(lead, { molar: volumes.leadStock, millilitre: volumes.lead }, { where }),
    reagentAmount(poor, { millilitre: volumes.antisolvent }, { where }),
  ]);
  const columns = mixtureColumns(mixed);
  return {
    ...columns,
    // What the stocks hold beside the salts is not told: 0 would be wrong.
    oleicAcidMolar: Number.NaN,
    oleylamineMolar: Number.NaN,
    otherAcidMolar: Number.NaN,
    otherAmineMolar: Number.NaN,
    waterFraction: Number.NaN,
    volumeMillilitre: columns.volumeMillilitre / 1000,
    route: "LARP",
    temperatureCelsius: 25,
    caesiumSource: "Cs oleate",
    bromideSource: "PbBr2",
    antisolvent: mixed.antisolvents.map(({ name }) => name).join("+"),
  };
}

/** A liquid of which only the name is known. */
function strangeAntisolvent(name: string): Reagent {
  return {
    name,
    aliases: [],
    formula: null,
    molarMass: null,
    // It is measured by volume, where its density cancels.
    density: 1,
    purity: null,
    ions: {},
    role: "antisolvent",
  };
}
