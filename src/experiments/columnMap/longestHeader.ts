/** Characters of the longest header that is read as one: of a longer text only the unit at its end is looked for. */
export const longestHeader = 200;
