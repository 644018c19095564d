import { z } from "zod";
import { InputError } from "../core/InputError.js";
import { phaseNames } from "../chemistry/phases.js";
import { projectName, projectPath } from "../io/projectPath.js";
import { readJson } from "../io/readText.js";

/** How a fact was come by: read in the source itself, computed from a table, or recalled and still to be looked up. */
export type FactStatus = "read" | "computed" | "from memory";

/** One curated fact of the Cs-Pb-Br system, as data/literature/facts.json holds it. */
export interface LiteratureFact {
  readonly id: number;
  readonly topic: string;
  readonly fact: string;
  /** As the source gives it: a number, a range, a list. */
  readonly value: string;
  readonly unit: string;
  readonly conditions: string;
  readonly source: string;
  readonly dois: readonly string[];
  readonly status: FactStatus;
  /** Uncertainty and what to beware of. */
  readonly note: string;
}

/** A published series of sizes; x and y are named as in the recipe schema. */
export interface SizeSeries {
  readonly id: string;
  readonly meaning: string;
  readonly doi: string;
  /** The fact it belongs to. */
  readonly fact: number;
  readonly x: { readonly name: string; readonly unit: string };
  readonly y: { readonly name: string; readonly unit: string };
  readonly conditions: string;
  /** Pairs [x, y] in order of x. */
  readonly points: readonly (readonly [number, number])[];
}

/** What a paper-by-paper reading of the literature gave. */
export interface Literature {
  readonly facts: readonly LiteratureFact[];
  readonly sizeSeries: readonly SizeSeries[];
  readonly phaseTriad: {
    readonly meaning: string;
    readonly fact: number;
    readonly conditions: string;
    readonly points: readonly {
      readonly caesiumLeadRatio: number;
      readonly phase: (typeof phaseNames)[number];
      readonly doi: string;
    }[];
  };
}

/** Lower case, so that equal DOIs are equal texts. */
const doi = z.string().regex(/^10\.\d{4,}\/[^\sA-Z]+$/, "must be a DOI in lower case (10.xxxx/...)");
const facts = z.array(
  z.strictObject({
    id: z.int().positive(),
    topic: z.string().min(1),
    fact: z.string().min(1),
    value: z.string().min(1),
    unit: z.string(),
    conditions: z.string(),
    source: z.string().min(1),
    dois: z.array(doi),
    status: z.enum(["read", "computed", "from memory"]),
    note: z.string(),
  }),
);
const axis = z.strictObject({ name: z.string(), unit: z.string() });
const series = z.strictObject({
  sizeSeries: z.array(
    z.strictObject({
      id: z.string(),
      meaning: z.string(),
      doi,
      fact: z.int(),
      x: axis,
      y: axis,
      conditions: z.string(),
      points: z.array(z.tuple([z.number(), z.number()])).min(2),
    }),
  ),
  phaseTriad: z.strictObject({
    meaning: z.string(),
    fact: z.int(),
    conditions: z.string(),
    points: z.array(z.strictObject({ caesiumLeadRatio: z.number().positive(), phase: z.enum(phaseNames), doi })),
  }),
});

/**
 * The committed facts and series with their DOIs.
 *
 * @param options.folder  holds facts.json and series.json
 * @throws InputError naming the entry if a file is missing, an entry is not of its
 *   shape, an id comes twice, or a series names no fact
 */
export async function literatureFacts({
  folder = projectPath("data", "literature"),
}: { readonly folder?: string } = {}): Promise<Literature> {
  const found = await readShaped(`${folder}/facts.json`, facts);
  const { sizeSeries, phaseTriad } = await readShaped(`${folder}/series.json`, series);
  const refuse = (file: string, must: string, got: string): InputError =>
    new InputError({ where: projectName(`${folder}/${file}`), must, got, mend: "mend the file; it is edited by hand" });
  const ids = new Set<number>();
  for (const { id } of found) {
    if (ids.has(id)) throw refuse("facts.json", "every id must come once", `${id} twice`);
    ids.add(id);
  }
  const lost = [...sizeSeries, phaseTriad].find(({ fact }) => !ids.has(fact));
  if (lost !== undefined)
    throw refuse("series.json", "every series must name its fact", `${lost.fact} for "${lost.meaning}"`);
  return { facts: found, sizeSeries, phaseTriad };
}

async function readShaped<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.infer<Shape>> {
  const parsed = shape.safeParse(await readJson(path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError({
    where: projectName(path),
    must: "every entry must be of its shape",
    got: `${issue.path.join(".")}: ${issue.message}`,
    mend: "mend the entry; the file is edited by hand",
  });
}
