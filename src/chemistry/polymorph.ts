import { cubicKelvin, tetragonalKelvin } from "./constants.js";
import { kelvin } from "./units.js";

/** Structures of CsPbBr3 by temperature. */
export const polymorphNames = ["orthorhombic", "tetragonal", "cubic"] as const;

/** Code of the structure in which CsPbBr3 grows at this temperature. At room temperature all are orthorhombic. */
export function growthPolymorph(temperatureCelsius: number): number {
  return [tetragonalKelvin, cubicKelvin].filter((border) => kelvin(temperatureCelsius) >= border).length;
}
