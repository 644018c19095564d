import { projectPath } from "../../io/projectPath.js";
import { readJson } from "../../io/readText.js";
import { writeAtomic } from "../../io/writeAtomic.js";

const path = (): string => projectPath(".twin", "assure-times.json");

/** Seconds that each proof took on this machine when it last ran to its end, by name. They never enter evidence. */
export async function readProofTimes(): Promise<Readonly<Record<string, number>>> {
  // Times that are missing or damaged are times that nobody knows.
  const found = await readJson(path()).catch(() => null);
  if (typeof found !== "object" || found === null) return {};
  return Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  );
}

/** Notes how long a proof took. */
export async function writeProofTime(name: string, seconds: number): Promise<void> {
  const times = { ...(await readProofTimes()), [name]: Math.round(seconds) };
  await writeAtomic(path(), `${JSON.stringify(times, null, 2)}\n`);
}
