import type { RouteName } from "./recipeSchema.js";

/** What is in the vessel: a recipe after weighing errors, aged stocks and a thermometer that is off. */
export interface Conditions {
  readonly route: RouteName;
  readonly temperatureCelsius: number;
  readonly timeSecond: number;
  readonly mixingSecond: number;
  readonly volumeMillilitre: number;
  /** Amounts in mol per litre of all liquid. */
  readonly caesiumMolar: number;
  readonly leadMolar: number;
  readonly bromideMolar: number;
  readonly oleicAcidMolar: number;
  readonly oleylamineMolar: number;
  /** Caesium that came as oleate and so holds that much of the acid, mol/L; 0 where caesium bromide is the source. */
  readonly caesiumOleateMolar: number;
  /** Volume shares of DMF or DMSO, and of water. */
  readonly polarSolventFraction: number;
  readonly waterFraction: number;
}
