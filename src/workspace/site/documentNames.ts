import { existsSync } from "node:fs";
import { projectPath } from "../../io/projectPath.js";
import { filesBelow } from "../../io/filesBelow.js";

/**
 * Documents whose commands a reader types: Markdown at the top and below docs/, by path from the project
 * root. Templates and the API reference are none.
 */
export async function documentNames(): Promise<string[]> {
  const top = ["README.md", "CONTRIBUTING.md", "environment.md"].filter((name) => existsSync(projectPath(name)));
  const below = (await filesBelow(projectPath("docs"))).filter(
    (name) => name.endsWith(".md") && !name.endsWith(".template.md") && !name.startsWith("api/"),
  );
  return [...top, ...below.map((name) => `docs/${name}`)];
}
