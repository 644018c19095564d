// @ts-nocheck: AssemblyScript; asc checks it

/* What takes the time of drift detection, as one program. */

export { sort } from "./sort";
export { walk } from "./walk";
export { moments } from "./moments";
export { permute } from "./permute";
