import { crystallisationRegister } from "./crystallisationRegister.js";
import { phaseRegister } from "./phaseRegister.js";
import { plateletRegister } from "./plateletRegister.js";
import type { RegisterKind } from "./RegisterKind.js";

/** All kinds of registers whose outcomes can be scored: another one is a file, and a line here. */
export const registerKinds: readonly RegisterKind[] = [plateletRegister, phaseRegister, crystallisationRegister];
