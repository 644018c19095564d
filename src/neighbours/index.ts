/*
 * Exact nearest neighbours of rows among rows, by numbers and categories. A matrix goes in; places and distances of
 * the nearest come out, equal ones in a fixed order. Balancing draws between neighbours, the leakage audit looks for
 * near duplicates.
 */

export { nearestNeighbours, type Neighbours } from "./nearestNeighbours.js";
