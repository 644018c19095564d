/*
 * From a table to the matrix that models see. An encoder is fitted on training rows alone and is plain JSON; encode
 * applies it to any rows, decodeRecipes goes back. Training fits it, the predictor applies it.
 */

export { decodeRecipes } from "./decodeRecipes.js";
export { encode } from "./encode.js";
export { parseEncoder, type EncodedColumn, type Encoder } from "./Encoder.js";
export { fitEncoder, type EncoderOptions } from "./fitEncoder.js";
export { nominalColumns } from "./nominalColumns.js";
export { recipeCategories, recipeFeatures, type RecipeFeature } from "./recipeFeatures.js";
