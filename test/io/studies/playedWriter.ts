import { appendFile, link, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sealedLine } from "../../../src/io/requests/logLine.js";
import { placesOf, standingName, type Writers } from "../../../src/io/studies/followWriters.js";

/** A process of another machine, played: its heart beats when it is told to. */
export interface PlayedWriter {
  readonly name: string;
  readonly beat: () => Promise<void>;
  /** Claims as openWorkFolder does. @param view what it sees of the others */
  readonly claim: (number: number, view: Writers) => Promise<boolean>;
  readonly say: (number: number, value: string) => Promise<void>;
  /** Links what it has said to the number, unless another's counts already. */
  readonly settle: (number: number, view: Writers) => Promise<void>;
}

/** @param letter  one hex digit, by which it is told from others */
export async function playedWriter(folder: string, letter: string): Promise<PlayedWriter> {
  const { writers, claims, ended } = placesOf(folder);
  for (const one of [writers, claims, ended]) await mkdir(one, { recursive: true });
  // Of a machine of its own.
  const name = `twin-${letter.repeat(8)}-1-1-abcdef`;
  const path = (extension: string): string => join(writers, `${name}.${extension}`);
  await writeFile(path("name"), name);
  let count = 0;
  const beat = (): Promise<void> => writeFile(path("beat"), String(++count).padStart(12, "0"));
  await beat();
  await writeFile(path("jsonl"), "");
  const isDead =
    (view: Writers) =>
    (writer: string): boolean =>
      writer !== name && view.isDead(writer);
  const linked = (to: string): Promise<boolean> =>
    link(path("name"), to).then(
      () => true,
      () => false,
    );
  return {
    name,
    beat,
    claim: async (number, view) => {
      const { owner, path: to } = await standingName(claims, number, isDead(view));
      return owner === null && linked(to);
    },
    say: (number, value) => appendFile(path("jsonl"), sealedLine({ trial: number, value })),
    settle: async (number, view) => {
      for (;;) {
        const hasLeft = (writer: string): boolean => view.lineOf(writer, number) === null && isDead(view)(writer);
        const { owner, path: to } = await standingName(ended, number, hasLeft);
        if (owner !== null || (await linked(to))) return;
      }
    },
  };
}
