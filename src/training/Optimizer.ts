/** How a gradient moves the weights; defaults are those of PyTorch 1.13. */
export type Optimizer =
  /** Steps along a running sum of gradients, momentum 0 by default (Polyak; Nesterov's form looks one step ahead). */
  | { readonly name: "sgd"; readonly momentum?: number; readonly nesterov?: boolean }
  /** Steps of the size of the learning rate, whatever the gradient's (Kingma and Ba 2015, arXiv:1412.6980). */
  | { readonly name: "adam"; readonly beta1?: number; readonly beta2?: number; readonly epsilon?: number }
  /**
   * Adam that besides shrinks all parameters by rate · weightDecay a step, decoupled from the gradient
   * (Loshchilov and Hutter 2019, arXiv:1711.05101).
   */
  | {
      readonly name: "adamW";
      readonly beta1?: number;
      readonly beta2?: number;
      readonly epsilon?: number;
      readonly weightDecay?: number;
    };

/** An optimiser with every number filled in, as engines compute with it. */
export interface OptimizerNumbers {
  readonly isAdaptive: boolean;
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

/** Fills in the defaults. @throws RangeError if a number is outside its range */
export function optimizerNumbers(optimizer: Optimizer): OptimizerNumbers {
  const none = { momentum: 0, nesterov: false, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };
  const share = (name: string, value: number): void => {
    if (!(value >= 0 && value < 1))
      throw new RangeError(`optimizer ${optimizer.name}: ${name} must be in [0, 1); got ${value}`);
  };
  if (optimizer.name === "sgd") {
    const { momentum = 0, nesterov = false } = optimizer;
    share("momentum", momentum);
    return { ...none, isAdaptive: false, momentum, nesterov };
  }
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = optimizer;
  const weightDecay = optimizer.name === "adamW" ? (optimizer.weightDecay ?? 0.01) : 0;
  share("beta1", beta1);
  share("beta2", beta2);
  if (!(epsilon > 0 && epsilon < Infinity))
    throw new RangeError(`optimizer ${optimizer.name}: epsilon must be above 0 and finite; got ${epsilon}`);
  if (!(weightDecay >= 0 && weightDecay < Infinity))
    throw new RangeError(`optimizer ${optimizer.name}: weightDecay must be at least 0 and finite; got ${weightDecay}`);
  return { ...none, isAdaptive: true, beta1, beta2, epsilon, weightDecay };
}
