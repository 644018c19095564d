import { readFileSync } from "node:fs";

interface GoldenMetrics {
  readonly cases: {
    readonly metrics: {
      readonly input: {
        readonly y_true: readonly number[];
        readonly logits: readonly (readonly number[])[];
        readonly w: readonly number[];
      };
      readonly expected: Readonly<Record<string, number>> &
        Readonly<Record<"confusion", readonly (readonly number[])[]>> &
        Readonly<
          Record<"precision" | "recall" | "f1" | "support" | "pr_auc_by_class" | "roc_auc_by_class", readonly number[]>
        >;
    };
    readonly degenerate: {
      readonly expected: Readonly<
        Record<
          "never_predicted_classes" | "predicted_class_absent_in_truth",
          Readonly<Record<string, number>> & Readonly<Record<"y_true" | "y_pred", readonly number[]>>
        >
      > & {
        readonly roc_auc_ties: {
          readonly y: readonly number[];
          readonly score: readonly number[];
          readonly auc: number;
          readonly ap: number;
        };
      };
    };
    readonly regression: {
      readonly input: { readonly y: readonly number[]; readonly pred: readonly number[] };
      readonly expected: Readonly<Record<string, number>>;
    };
  };
}

/** Golden values of scikit-learn's metrics; tolerance 1e-10. */
export const { metrics, degenerate, regression } = (
  JSON.parse(readFileSync(new URL("../golden/d_classification_metrics.json", import.meta.url), "utf8")) as GoldenMetrics
).cases;

/** Row-major softmax of rows of logits. */
export function softmaxRows(logits: readonly (readonly number[])[]): Float64Array {
  return Float64Array.from(
    logits.flatMap((row) => {
      const odds = row.map((logit) => Math.exp(logit - Math.max(...row)));
      return odds.map((one) => one / odds.reduce((a, b) => a + b));
    }),
  );
}

export const labels = metrics.input.y_true;
export const probabilities = softmaxRows(metrics.input.logits);
export const predictions = metrics.input.logits.map((row) => row.indexOf(Math.max(...row)));
