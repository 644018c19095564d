import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { studentEstimate } from "../../core/statistics/studentEstimate.js";
import { numbersOf, rowsWhere, selectColumns, selectRows, type Table, textsOf } from "../../core/Table.js";
import { campaignRegions } from "../../generation/campaigns.js";
import { generateExperiments } from "../../generation/generateExperiments.js";
import { laboratoryEffects } from "../../generation/laboratories.js";
import { daysPerWeek } from "../../generation/layout.js";
import { linearRanges, type Region, type RegionRanges } from "../../generation/Region.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { detectDrift } from "../../monitoring/detectDrift.js";
import { type ControlCharts, controlCharts } from "./controlCharts.js";
import { type LoggedTable, type Place, withLog } from "./laboratoryLog.js";

/** What a control recipe, run week after week, tells of stocks, lots and instruments. */
export interface ControlRecipe extends ControlCharts {
  readonly changes: readonly FoundChange[];
  readonly laboratories: number;
  readonly table: ShownTable;
}

/** A change that the twin made, and whether it was found in each laboratory. */
export interface FoundChange {
  readonly name: string;
  readonly watched: string;
  readonly unit: string;
  /** Share of laboratories in which it was found. */
  readonly found: Estimate;
  /** Mean over laboratories of what was seen to change, and of what truly did. */
  readonly seen: Estimate;
  readonly truth: number;
}

interface Change {
  readonly id: string;
  readonly name: string;
  readonly watched: "leadYield" | "photoluminescencePeakNanometre";
  readonly reference: (row: Place) => boolean;
  readonly current: (row: Place) => boolean;
  /** What rows of one deviation share: a week, or a stock. */
  readonly groups: "batch" | "stock";
}

const { lotDay, stockDays } = laboratoryEffects;
const [labs, weeksInAll, runsAWeek] = [12, 104, 10];
const watchedColumns = ["leadYield", "sizeNanometre", "photoluminescencePeakNanometre"];
const truthColumns = ["trueLeadYield", "truePhotoluminescencePeakNanometre", "truePeakShiftNanometre"];

const changes: readonly Change[] = [
  {
    id: "lot",
    name: "a new lot of PbBr2 holds 6 % less lead",
    watched: "leadYield",
    reference: ({ day }) => day >= lotDay - 26 * daysPerWeek && day < lotDay,
    current: ({ day }) => day >= lotDay && day < lotDay + 8 * daysPerWeek,
    groups: "batch",
  },
  {
    id: "ageing",
    name: "the caesium stock loses 0.3 % a day: last third of its life against the first",
    watched: "leadYield",
    reference: ({ day, stockAge }) => day < lotDay && stockAge < stockDays / 3,
    current: ({ day, stockAge }) => day < lotDay && stockAge >= (2 * stockDays) / 3,
    groups: "stock",
  },
  {
    id: "spectrometer",
    name: "the spectrometer drifts 0.1 nm a month: last 13 weeks against the first",
    watched: "photoluminescencePeakNanometre",
    reference: ({ day }) => day < 13 * daysPerWeek,
    current: ({ day }) => day >= (weeksInAll - 13) * daysPerWeek,
    groups: "batch",
  },
  {
    id: "nothing",
    name: "nothing: eight weeks against half a year before, one lot",
    watched: "leadYield",
    reference: ({ day }) => day >= 26 * daysPerWeek && day < 52 * daysPerWeek,
    current: ({ day }) => day >= 52 * daysPerWeek && day < 60 * daysPerWeek,
    groups: "batch",
  },
];

/**
 * Notebook 08: twelve laboratories of the twin run one recipe ten times a week for two years. Which of the changes that
 * the twin makes are found, and how much is seen of what truly changed?
 */
export async function controlRecipe({ seed }: { readonly seed: number }): Promise<EvidenceFile<ControlRecipe>> {
  const request = { id: "08-operation-control", inputs: [], source: moduleSource(import.meta.url) };
  return recordedEvidence({ ...request, seed, engine: "simd", labels: "simulated" }, async () => {
    const { table } = await generateExperiments({
      rows: labs * weeksInAll * runsAWeek,
      seed,
      regions: [{ region: middleOf(campaignRegions[0]), weight: 1 }],
      labs: { count: labs },
    });
    const names = [...new Set(textsOf(table, "lab"))].sort();
    const lab = textsOf(table, "lab");
    const own = names.map((name) =>
      withLog(
        selectRows(
          table,
          rowsWhere(table, (row) => lab[row] === name),
        ),
        [...watchedColumns, ...truthColumns],
      ),
    );
    const found = changes.map((change) => ({ ...change, ...foundIn(own, change, seed) }));
    const charts = controlCharts(own, seed);
    const [lot] = found;
    return {
      result: {
        changes: found.map(({ name, watched, unit, found: share, seen, truth }) => ({
          name,
          watched,
          unit,
          found: share,
          seen,
          truth,
        })),
        ...charts,
        laboratories: names.length,
        table: shownTable({
          caption: `One recipe, ${runsAWeek} runs a week in each of ${names.length} laboratories of the twin`,
          columns: [
            { name: "what changes", of: ({ name }) => name },
            { name: "watched", of: ({ watched, unit }) => (unit === "1" ? watched : `${watched} (${unit})`) },
            { name: "found in", unit: "laboratories", of: (one) => Math.round(one.found.value * names.length) },
            { name: "seen change", of: ({ seen }) => seen.value },
            { name: "low", of: ({ seen }) => seen.interval.low },
            { name: "high", of: ({ seen }) => seen.interval.high },
            { name: "true change", of: ({ truth }) => truth },
          ],
          rows: found,
        }),
      },
      measurements: [
        ...found.map(({ id, name, found: share }) =>
          measurement({
            id: `control.${id}`,
            meaning: `share of laboratories in which drift was found where this happens: ${name}`,
            value: share.value,
            unit: "share",
            interval: share.interval,
            n: names.length,
          }),
        ),
        measurement({
          id: "control.lotSeen",
          meaning: "change of the control recipe's lead yield after the new lot, mean over laboratories",
          value: lot.seen.value,
          unit: "share of lead",
          interval: lot.seen.interval,
          n: names.length,
          baseline: lot.truth,
        }),
        measurement({
          id: "control.cusumWeeks",
          meaning: "weeks from the new lot to the alarm of CUSUM, in the middle of laboratories where it alarms",
          value: charts.cusum.medianWeeks,
          unit: "weeks",
          n: charts.cusum.found,
          reason: charts.cusum.medianWeeks === null ? "no alarm" : null,
        }),
      ],
    };
  });
}

/** One recipe: the middle of every range of a campaign. */
function middleOf(region: Region): Region {
  const ranges = Object.entries(region.ranges).map(([name, [low, high]]) => {
    const isLinear = linearRanges.has(name as keyof RegionRanges);
    const middle = isLinear ? (low + high) / 2 : Math.sqrt(low * high);
    return [name, [middle, middle]];
  });
  return { ...region, name: "control recipe", ranges: Object.fromEntries(ranges) as RegionRanges };
}

function foundIn(own: readonly LoggedTable[], change: Change, seed: number): Omit<FoundChange, "name" | "watched"> {
  const each = own.map(({ table, places }) => {
    const [reference, current] = [change.reference, change.current].map((keep) =>
      selectRows(
        table,
        rowsWhere(table, (row) => keep(places[row])),
      ),
    );
    const watched = [...watchedColumns, change.groups];
    const { features } = detectDrift({
      reference: selectColumns(reference, watched),
      current: selectColumns(current, watched),
      groups: change.groups,
      seed,
    });
    const one = features.find(({ feature, compared }) => feature === change.watched && compared === "values")!;
    return { one, truth: trueMean(current, change.watched) - trueMean(reference, change.watched) };
  });
  const hits = each.filter(({ one }) => one.drifted).length;
  return {
    unit: each[0].one.unit,
    found: { value: hits / own.length, interval: clopperPearson(hits, own.length) },
    seen: studentEstimate(
      each.map(({ one }) => one.change.difference),
      { over: "laboratories" },
    ),
    truth: each.reduce((sum, { truth }) => sum + truth, 0) / own.length,
  };
}

/** Of rows that were measured, before any noise. */
function trueMean(table: Table, watched: Change["watched"]): number {
  const measured = numbersOf(table, watched);
  const columns = watched === "leadYield" ? ["trueLeadYield"] : truthColumns.slice(1);
  const truths = columns.map((name) => numbersOf(table, name));
  const rows = Array.from(measured.keys()).filter((row) => !Number.isNaN(measured[row]));
  return rows.reduce((sum, row) => sum + truths.reduce((total, of) => total + of[row], 0), 0) / rows.length;
}
