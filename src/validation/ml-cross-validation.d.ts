// The package ships no types; only the driver that we call is declared.
declare module "ml-cross-validation" {
  export function leaveOneOut(
    features: readonly number[],
    labels: readonly number[],
    round: (trainFeatures: number[], trainLabels: number[], testFeatures: number[]) => number[],
  ): unknown;
}
