import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { evaluateLinear, leastSquares } from "../../core/statistics/leastSquares.js";
import { slopeIntervals } from "../../core/statistics/slopeIntervals.js";
import { literatureFacts } from "../../experiments/literatureFacts.js";
import type { SizeSeriesPlot } from "../../figures/plotSizeSeries.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";

/** Published sizes of single laboratories, each with its fitted law, as their figure takes them. */
export interface SizeLaws {
  readonly temperature: SizeSeriesPlot["series"];
  readonly bromide: SizeSeriesPlot["series"];
}

const seriesNames: Readonly<Record<string, string>> = {
  "hot-injection-temperature": "hot injection, 1 s",
  "reprecipitation-temperature": "LARP, 1 s",
  "bromide-lead-160": "hot injection at 160 °C, 5 s",
  "bromide-lead-180": "hot injection at 180 °C, 5 s",
};

/** Within one laboratory size follows temperature and Br:Pb closely: ln D against T, and against ln(Br:Pb). */
export async function sizesWithinLaboratories(): Promise<EvidenceFile<SizeLaws>> {
  return recordedEvidence(
    {
      id: "01-experiments-size-series",
      inputs: ["data/literature/facts.json", "data/literature/series.json"],
      source: moduleSource(import.meta.url),
      labels: "real",
    },
    async () => {
      const { sizeSeries } = await literatureFacts();
      const fitted = sizeSeries.map(({ id, doi, x, points }) => {
        const isRatio = x.name === "bromideLeadRatio";
        const feature = isRatio ? Math.log : (value: number): number => value;
        const features = points.map(([value]) => [feature(value)]);
        const target = points.map(([, size]) => Math.log(size));
        const law = leastSquares(features, target);
        const [first, last] = [points[0][0], points[points.length - 1][0]];
        const grid = Array.from({ length: 41 }, (_, i) => first + ((last - first) * i) / 40);
        const fit = grid.map((value) => ({ x: value, size: Math.exp(evaluateLinear(law, [feature(value)])) }));
        return {
          isRatio,
          series: {
            name: seriesNames[id] ?? id,
            doi,
            points: points.map(([value, size]) => ({ x: value, size, sd: null })),
            fit,
          },
          slope: measurement({
            id: `size.slope.${id}`,
            meaning: isRatio ? "slope of ln(size) against ln(Br:Pb)" : "slope of ln(size) against temperature",
            value: law[1],
            unit: isRatio ? "1" : "1/°C",
            interval: slopeIntervals(features, target, law)[1],
            n: points.length,
            baseline: 0,
          }),
        };
      });
      const seriesWhere = (isRatio: boolean): SizeLaws["bromide"] =>
        fitted.filter((one) => one.isRatio === isRatio).map(({ series }) => series);
      return {
        result: { temperature: seriesWhere(false), bromide: seriesWhere(true) },
        measurements: fitted.map(({ slope }) => slope),
      };
    },
  );
}
