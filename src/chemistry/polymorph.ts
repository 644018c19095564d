import { kelvin } from "./units.js";

/** Structures of CsPbBr3 by temperature. */
export const polymorphNames = ["orthorhombic", "tetragonal", "cubic"] as const;

/** Transitions at 361 K (Pnma to P4/mbm) and 403 K (to Pm-3m): Hirotsu 1974; doi:10.1021/cg400645t. */
export const polymorphKelvin = [361, 403] as const;

/** Code of the structure in which CsPbBr3 grows at this temperature. At room temperature all are orthorhombic. */
export function growthPolymorph(temperatureCelsius: number): number {
  return polymorphKelvin.filter((border) => kelvin(temperatureCelsius) >= border).length;
}
