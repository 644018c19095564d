import { findReagent, type ReagentList } from "../../chemistry/reagentList.js";
import type { Reagent } from "../../chemistry/Reagent.js";
import { quantityOf, unitsOf } from "../../chemistry/units.js";
import { InputError } from "../../core/InputError.js";
import type { Field } from "../../core/Schema.js";
import {
  bareLiquids,
  type ColumnConstant,
  type ColumnMap,
  type ColumnUse,
  ions,
  mappedSchema,
  type ReagentMeasure,
} from "./ColumnMap.js";
import { headerUnit } from "./headerUnit.js";
import { bareReagents } from "./mappedMixture.js";

/** An entry of a map with its unit and its reagent looked up. */
export type MapEntry =
  | {
      readonly kind: "column";
      readonly column: string;
      readonly field: Field;
      readonly unit: string;
      readonly factor: number;
      readonly header: string;
      readonly constant: number | string | undefined;
      readonly values: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "reagent";
      readonly reagent: Reagent;
      readonly as: ReagentMeasure;
      readonly unit: string;
      readonly factor: number;
      readonly header: string;
      readonly constant: number | undefined;
      readonly empty: boolean;
      /** The liquid in which a concentration is one. */
      readonly within: Reagent | undefined;
    }
  | { readonly kind: "solvent"; readonly reagent: Reagent; readonly solvent: Reagent; readonly header: string };

/**
 * What a map reads, with units and reagents looked up.
 *
 * @throws InputError naming the entry: a unit that its column cannot have, a reagent that nobody knows, lead per lead
 */
export function mapEntries(map: ColumnMap, list: ReagentList, mapWhere: string): readonly MapEntry[] {
  return [...map.columns, ...map.constants].flatMap((one) => entryOf(one, list, mapWhere));
}

function entryOf(one: ColumnUse | ColumnConstant, list: ReagentList, mapWhere: string): readonly MapEntry[] {
  if ("ignored" in one || "undecided" in one) return [];
  const header =
    "header" in one ? one.header : `constant ${"column" in one ? one.column : `${one.as} of ${one.reagent}`}`;
  const where = `${mapWhere}, ${"header" in one ? `header "${one.header}"` : header}`;
  if ("column" in one) {
    const field = mappedSchema[one.column];
    const unit = field.kind === "number" ? columnUnit(one.column, one.unit ?? field.unit, where) : "";
    return [
      {
        kind: "column",
        column: one.column,
        field,
        unit,
        factor: one.factor ?? 1,
        header,
        constant: "value" in one ? one.value : undefined,
        values: "values" in one ? (one.values ?? {}) : {},
      },
    ];
  }
  const reagent = namedReagent(one.reagent, list, where);
  checkRatio(reagent, one.as, where);
  if (one.as === "stock solvent")
    return [{ kind: "solvent", reagent, solvent: namedReagent(one.value, list, where), header }];
  return [
    {
      kind: "reagent",
      reagent,
      as: one.as,
      unit: reagentUnit(reagent, one.as, one.unit, where),
      factor: one.factor ?? 1,
      header,
      constant: "value" in one ? one.value : undefined,
      empty: "empty" in one && one.empty === "none",
      within: one.in === undefined ? undefined : namedReagent(one.in, list, where),
    },
  ];
}

function namedReagent(name: string, list: ReagentList, where: string): Reagent {
  const found = bareReagents.find((one) => one.name === name) ?? findReagent(list, name);
  if (found !== null) return found;
  throw new InputError({
    where,
    must: `reagent must be one of the list, an ion (${ions.join(", ")}) or a liquid (${bareLiquids.join(", ")})`,
    got: `"${name}"`,
    mend: "mend the name, or add it to a file for --reagents (docs/reagents.md)",
  });
}

/** Units that a column may have beside those of its own quantity. */
export const alsoIn: Readonly<Record<string, "energy" | "length">> = {
  photoluminescencePeakNanometre: "energy",
  photoluminescenceWidthNanometre: "energy",
  sizeDispersionPercent: "length",
};

function columnUnit(column: string, written: string, where: string): string {
  const unit = headerUnit(written) ?? written;
  const own = mappedSchema[column].unit;
  const quantity = quantityOf(unit);
  if (quantity !== undefined && (quantity === quantityOf(own) || quantity === alsoIn[column])) return unit;
  const allowed = [...unitsOf(quantityOf(own)!), ...(column in alsoIn ? unitsOf(alsoIn[column]) : [])];
  throw new InputError({
    where,
    must: `the unit of ${column} must be one of ${allowed.join(", ")}`,
    got: `"${written}"`,
    mend: "mend the unit, or name another column",
  });
}

const quantitiesOf: Readonly<Record<ReagentMeasure, readonly string[]>> = {
  amount: ["amount", "mass", "volume"],
  "stock volume": ["volume"],
  "stock concentration": ["concentration", "mass concentration"],
  concentration: ["concentration", "mass concentration"],
  "per lead": ["share"],
  "per caesium": ["share"],
};

/** The lead of lead bromide per lead is 1, whatever the table says. */
function checkRatio(reagent: Reagent, as: ReagentMeasure | "stock solvent", where: string): void {
  const ion = as === "per lead" ? "lead" : as === "per caesium" ? "caesium" : undefined;
  if (ion === undefined || !((reagent.ions[ion] ?? 0) > 0)) return;
  throw new InputError({
    where,
    must: `what is told ${as} must bring no ${ion} itself`,
    got: reagent.name,
    mend: `tell it "per ${ion === "lead" ? "caesium" : "lead"}", or name what the ratio is of`,
  });
}

function reagentUnit(reagent: Reagent, as: ReagentMeasure, written: string, where: string): string {
  const unit = headerUnit(written) ?? written;
  const quantity = quantityOf(unit);
  if (quantity === undefined || !quantitiesOf[as].includes(quantity))
    throw new InputError({
      where,
      must: `the unit of the ${as} of ${reagent.name} must measure ${quantitiesOf[as].join(" or ")}`,
      got: `"${written}"`,
      mend: 'mend the unit or "as"',
    });
  const needsMass = quantity === "mass" || quantity === "mass concentration";
  if (needsMass && reagent.molarMass === null)
    throw new InputError({
      where,
      must: "a mass must be that of a compound with a known molar mass",
      got: `"${written}" of ${reagent.name}`,
      mend: "name the compound that was weighed, or give its molar mass by --reagents",
    });
  if (as === "amount" && quantity === "volume" && reagent.density === null)
    throw new InputError({
      where,
      must: "a volume must be one of a liquid, or of a solution",
      got: `"${written}" of ${reagent.name}, which has no density in the list`,
      mend: 'write "as": "stock volume" and give its "stock concentration", by a header or under constants',
    });
  return unit;
}
