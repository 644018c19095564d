import { existsSync } from "node:fs";
import { projectPath } from "../../src/io/projectPath.js";

/** Folder with copies of the real tables beside the project; they are never committed. */
export const realData: string = projectPath("..", "shared", "real-data");

/** Whether that folder is here; tests that need it skip and say so. */
export const hasRealData: boolean = existsSync(realData);

if (!hasRealData) console.warn("tests on real tables are skipped: ../shared/real-data is not here");
