/*
 * Notebooks as files and as cells: run, converted, compared and rendered, and what a cell shows. Figures, tables and
 * sentences go in, displays of the kernel come out. The package exports what is used in a cell.
 */

export { clearOutput } from "./cells/clearOutput.js";
export { display, type Displayable } from "./cells/display.js";
export { htmlTable, type HtmlTable } from "./cells/htmlTable.js";
export { progressBar, type ProgressBar } from "./cells/progressBar.js";
export { prompt } from "./cells/prompt.js";
export { StdinNotAllowed } from "./kernel/StdinNotAllowed.js";
export { takeaway } from "./cells/takeaway.js";
export { toDataFrame, type DataFrame } from "./cells/toDataFrame.js";
