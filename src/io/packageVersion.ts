import { projectPath } from "./projectPath.js";
import { readJson } from "./readText.js";

/** Version of this package, as package.json has it. */
export async function packageVersion(): Promise<string> {
  return ((await readJson(projectPath("package.json"))) as { readonly version: string }).version;
}
