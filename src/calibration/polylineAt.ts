import { lowerBound } from "../core/lowerBound.js";
import type { Polyline } from "./Calibrator.js";

/** Value of a polyline, which stays constant beyond its ends. */
export function polylineAt({ at, values }: Polyline, x: number): number {
  const above = lowerBound(at, x);
  if (above === 0) return values[0];
  if (above === at.length) return values[at.length - 1];
  const share = (x - at[above - 1]) / (at[above] - at[above - 1]);
  return share === 1 ? values[above] : values[above - 1] + share * (values[above] - values[above - 1]);
}
