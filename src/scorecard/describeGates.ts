import type { GateStep } from "./nextMeasurements.js";

/**
 * The way through the closed gates: in which order, what is displayed once the hard ones and then all are open, and why
 * a gate stays closed although its check passes.
 */
export function describeGates(gates: readonly GateStep[]): string {
  const hard = gates.filter(({ gate }) => gate === "hard");
  const stages = [hard, gates.slice(hard.length)].filter((steps) => steps.length > 0);
  const told = stages.map(
    (steps) =>
      `${steps.map(({ id }) => id).join(", ")} (${steps[0].gate}: ` +
      `then ${steps.at(-1)!.displayed.toFixed(1)} of 100 displayed)`,
  );
  const held = gates.filter(({ passes }) => passes).map(({ id }) => id);
  const reason =
    held.length === 0
      ? ""
      : `. Closed although the check passes: ${held.join(", ")}, as the twin's labels open no soft gate`;
  return `Gates first, as a closed one caps what all others earn: ${told.join(", then ")}${reason}`;
}
