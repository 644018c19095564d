import type { Rubric } from "./Scorecard.js";
import data from "./rubric.json" with { type: "json" };

/**
 * The readiness rubric: six weighted categories of ten points each, 44
 * checks, each with the measurements that decide it.
 */
export const rubric: Rubric = data as Rubric;
