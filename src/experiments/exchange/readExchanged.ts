import { join } from "node:path";
import { z } from "zod";
import { orderedSchema } from "../../core/columnNames.js";
import { InputError } from "../../core/InputError.js";
import { parseNumber } from "../../core/parseNumber.js";
import type { RawTable } from "../../core/RawTable.js";
import type { Field, Schema } from "../../core/Schema.js";
import { categoryColumn, makeTable, type Column, type Table } from "../../core/Table.js";
import { filesBelow } from "../../io/filesBelow.js";
import { projectName } from "../../io/projectPath.js";
import { readJson } from "../../io/readText.js";
import { readRawCsv } from "../../io/tables/readRawCsv.js";
import { croissantName } from "./croissantFolder.js";
import { croissantVariableShape, fieldOfCroissant } from "./croissantVariable.js";
import { fieldOfFrictionless, frictionlessFieldShape } from "./frictionlessField.js";
import { frictionlessName } from "./frictionlessFolder.js";

/** A table that was read back, and what its description says of it. */
export interface ExchangedTable {
  readonly table: Table;
  readonly licence: string;
}

const frictionlessShape = z.object({
  licenses: z.tuple([z.object({ name: z.string() })]),
  resources: z.tuple([
    z.object({
      path: z.string(),
      hash: z.string().startsWith("sha256:"),
      schema: z.object({ fields: z.array(frictionlessFieldShape), missingValues: z.tuple([z.literal("")]) }),
    }),
  ]),
});

const croissantShape = z.object({
  license: z.string(),
  distribution: z.tuple([z.object({ contentUrl: z.string(), sha256: z.string() })]),
  recordSet: z.tuple([
    z.object({
      field: z.array(
        z.object({
          dataType: z.enum(["sc:Float", "sc:Text"]),
          source: z.object({ extract: z.object({ column: z.string() }) }),
        }),
      ),
    }),
  ]),
  variableMeasured: z.array(croissantVariableShape),
});

/** What a description says of its file. */
interface Described {
  readonly file: string;
  readonly sha256: string;
  readonly schema: Schema;
  readonly licence: string;
}

/** Descriptions that can be read, by the name of their file. */
const descriptions: Readonly<Record<string, (json: unknown) => Described>> = {
  [frictionlessName]: (json) => {
    const { licenses, resources } = frictionlessShape.parse(json);
    const [{ path, hash, schema }] = resources;
    return {
      file: path,
      sha256: hash.slice("sha256:".length),
      schema: orderedSchema(schema.fields.map((field) => [field.name, fieldOfFrictionless(field)])),
      licence: licenses[0].name,
    };
  },
  [croissantName]: (json) => {
    const { license, distribution, recordSet, variableMeasured } = croissantShape.parse(json);
    const variables = new Map(variableMeasured.map((one) => [one.name, one]));
    const fields = recordSet[0].field.map(({ dataType, source }): [string, Field] => {
      const { column } = source.extract;
      const described = variables.get(column) ?? { "@type": "PropertyValue", name: column };
      return [column, fieldOfCroissant(described, dataType)];
    });
    return {
      file: distribution[0].contentUrl,
      sha256: distribution[0].sha256,
      schema: orderedSchema(fields),
      licence: license.slice(license.lastIndexOf("/") + 1),
    };
  },
};

/**
 * Reads back what `twin data export` wrote as a Data Package or a Croissant dataset. Columns, kinds, units and ranges
 * come from the description, the values from the CSV, which must be the very file that it names; an empty cell is
 * missing.
 *
 * @throws InputError if there is no description of ours, the CSV is another one, or a cell does not fit
 */
export async function readExchanged(folder: string): Promise<ExchangedTable> {
  const files = await filesBelow(folder);
  const name = Object.keys(descriptions).find((one) => files.includes(one));
  if (name === undefined)
    throw new InputError({
      where: projectName(folder),
      must: `must be a folder with ${Object.keys(descriptions).join(" or ")}`,
      got: "neither",
      mend: "name a folder that `twin data export --format` wrote",
    });
  const { file, sha256, schema, licence } = describedBy(join(folder, name), name, await readJson(join(folder, name)));
  const path = join(folder, file);
  const raw = await readRawCsv(path, { encoding: "utf-8", separator: ",", headerLine: 1 });
  if (raw.sha256 !== sha256)
    throw new InputError({
      where: projectName(path),
      must: `SHA-256 must be ${sha256}, as ${name} says`,
      got: raw.sha256,
      mend: "export the table again",
    });
  return { table: tableOf(raw, schema), licence };
}

function describedBy(path: string, name: string, json: unknown): Described {
  try {
    return descriptions[name](json);
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    throw new InputError({
      where: projectName(path),
      must: "must describe one table as `twin data export --format` writes it",
      got: issue === undefined ? "something else" : `${issue.path.join(".")}: ${issue.message}`,
      mend: "export the table again",
    });
  }
}

function tableOf({ where, columns, numRows }: RawTable, schema: Schema): Table {
  const column = (name: string, { kind, levels = [] }: Field): Column => {
    if (!Object.hasOwn(columns, name))
      throw new InputError({
        where,
        must: `the column "${name}" must be there, as its description says`,
        got: Object.keys(columns).slice(0, 30).join(", "),
        mend: "export the table again",
      });
    const cells = columns[name];
    if (kind === "category") {
      const texts = cells.map((cell) => cell ?? "");
      return categoryColumn(texts, [...new Set([...levels, ...texts])]);
    }
    return Float64Array.from({ length: numRows }, (_, row) => {
      const value = cells[row] === null ? Number.NaN : parseNumber(cells[row]);
      if (value !== undefined) return value;
      throw new InputError({
        where: `${where}, row ${row + 1}, column ${name}`,
        must: "must be a number, as its description says",
        got: `"${cells[row]}"`,
        mend: "export the table again",
      });
    });
  };
  return makeTable(
    schema,
    Object.fromEntries(Object.entries(schema).map(([name, field]) => [name, column(name, field)])),
  );
}
