import { projectPath } from "../../io/projectPath.js";

/** What a notebook outside of the project imports packages as: this one and those that it works with. */
export const placeInProject: string = projectPath("notebooks", "cell.ts").replaceAll("\\", "/");

/** Whether a specifier names a package, no file. */
export function isPackage(specifier: string): boolean {
  return !/^(?:\.{0,2}\/|\.{1,2}$|[a-z]+:)/i.test(specifier);
}
