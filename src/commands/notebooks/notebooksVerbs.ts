import type { VerbGroup } from "../Verb.js";
import { notebooksRenderVerb } from "./notebooksRenderVerb.js";
import { notebooksRunVerb } from "./notebooksRunVerb.js";
import { notebooksSyncVerb } from "./notebooksSyncVerb.js";
import { notebooksVerifyVerb } from "./notebooksVerifyVerb.js";

/** `twin notebooks` */
export const notebooksVerbs: VerbGroup = {
  usage: "notebooks",
  meaning: "run, convert, render and verify notebooks",
  verbs: [notebooksRunVerb, notebooksSyncVerb, notebooksRenderVerb, notebooksVerifyVerb],
};
