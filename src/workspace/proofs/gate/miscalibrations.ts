/** One way in which a model is surer, or less sure, than it is right. */
export interface Miscalibration {
  readonly name: string;
  /** The largest amount that can be asked for; 0 is a calibrated model. */
  readonly most: number;
  /**
   * Probability that an answer is right.
   *
   * @param of.confidence  what the model says
   * @param of.rank        share of answers that are less sure, in (0, 1)
   * @param of.isNamed     whether the answer is the class that is named too often
   * @param of.top         rank from which an answer lies in the last bin
   */
  readonly right: (
    amount: number,
    of: { readonly confidence: number; readonly rank: number; readonly isNamed: boolean; readonly top: number },
  ) => number;
}

/** How sure the simulated model is of the answer at a rank: from 0.5 to 1, 0.8 on average. */
export function confidenceAt(rank: number): number {
  return 1 - 0.5 * (1 - rank) ** 1.5;
}

/** How often the answer at a rank is the class that `shift of one class` names too often: 0.4 on average. */
export function namedShare(rank: number): number {
  return 0.1 + 0.6 * rank;
}

const within = (probability: number): number => Math.min(1, Math.max(0, probability));

/** What a temperature, a class, a wave and a single bin can do. */
export const miscalibrations: readonly Miscalibration[] = [
  {
    name: "temperature",
    most: 20,
    right: (amount, { confidence }) => 1 / (1 + (1 / confidence - 1) ** (1 / (1 + amount))),
  },
  {
    name: "shift of one class",
    most: 1,
    right: (amount, { confidence, isNamed }) => within(isNamed ? confidence - amount : confidence),
  },
  {
    name: "sine across bins",
    most: 1,
    right: (amount, { confidence, rank }) => within(confidence + amount * Math.sin(4 * Math.PI * rank)),
  },
  {
    name: "all in the worst bin",
    most: 1,
    right: (amount, { confidence, rank, top }) => within(rank > top ? confidence - amount : confidence),
  },
];
