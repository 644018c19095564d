/**
 * Begins the name of every binding in a cell's code. It may stand in a name (it is the letter of a click in Khoisan
 * languages), so it needs no search for a free one; a name in an error's message is told without it.
 */
export const mark = "ǃ";

/** Begins the names of the kernel's own variables there: another click, so that none is that of a binding. */
export const kernelMark = "ǂ";
