// Every public name, folder by folder, in the order a row of data travels; each index says what its folder is.

export * from "./core/index.js";
export * from "./chemistry/index.js";
export * from "./io/index.js";
export * from "./neighbours/index.js";
export * from "./generation/index.js";
export * from "./experiments/index.js";
export * from "./splitting/index.js";
export * from "./features/index.js";
export * from "./balancing/index.js";
export * from "./training/index.js";
export * from "./tuning/index.js";
export * from "./uncertainty/index.js";
export * from "./calibration/index.js";
export * from "./validation/index.js";
export * from "./monitoring/index.js";
export * from "./deployment/index.js";
export * from "./scorecard/index.js";
export * from "./figures/index.js";
export * from "./predictor/index.js";
export * from "./problems/index.js";
export * from "./analyses/index.js";
export * from "./serving/index.js";
export * from "./commands/index.js";
export * from "./workspace/index.js";
