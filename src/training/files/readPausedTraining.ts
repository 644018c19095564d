import { doublesOf, floatsOf } from "../../core/floatBytes.js";
import { InputError } from "../../core/InputError.js";
import { shortText } from "../../core/shortText.js";
import { sha256 } from "../../io/sha256.js";
import type { PausedTraining } from "../PausedTraining.js";
import { anyHeader, descriptionShape, headerShape, pausedVersion } from "./pausedFormat.js";

/**
 * A paused training from the bytes that pausedTrainingBytes made of it. Whether it is the training that goes on from it
 * is checked there: trainNetwork refuses another one.
 *
 * @param where  file that the message names
 * @throws InputError if they are no paused training, of another version, or changed by a single byte
 */
export function readPausedTraining(bytes: Uint8Array, where = "paused training"): PausedTraining {
  const refuse = (must: string, got: string, mend = "train from the start, or restore the file"): never => {
    throw new InputError({ where, must, got, mend });
  };
  const [line, body] = firstLine(bytes);
  const found = anyHeader.safeParse(line);
  if (!found.success)
    return refuse(
      "must begin with the line of a paused training",
      bytes.length === 0 ? "no bytes" : `"${shortText(new TextDecoder().decode(bytes.subarray(0, 200)))}"`,
    );
  if (found.data.version !== pausedVersion)
    return refuse(
      `must be of version ${pausedVersion}, which this program reads`,
      `version ${found.data.version}`,
      "train from the start, or go on with the program that paused it",
    );
  const header = headerShape.safeParse(line);
  if (!header.success) return refuse("its first line must be whole", header.error.issues[0].message);
  const hash = sha256(body);
  if (hash !== header.data.sha256) return refuse("must have the hash that its first line says", hash);
  const [description, arrays] = firstLine(body);
  const parsed = descriptionShape.safeParse(description);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse("must describe a paused training", `${issue.path.join(".")}: ${issue.message}`);
  }
  const { parameters, step, ...told } = parsed.data;
  const width = told.engine === "typescript" ? 8 : 4;
  if (arrays.length !== parameters * (4 + 3 * width))
    return refuse(
      `${parameters} parameters of the engine ${told.engine} have ${parameters * (4 + 3 * width)} bytes`,
      String(arrays.length),
    );
  const ofState = (place: number): Float32Array | Float64Array => {
    const from = parameters * (4 + place * width);
    return (width === 8 ? doublesOf : floatsOf)(arrays.subarray(from, from + parameters * width));
  };
  return {
    ...told,
    bestWeights: floatsOf(arrays.subarray(0, 4 * parameters)),
    state: { step, weights: ofState(0), first: ofState(1), second: ofState(2) },
  };
}

/** JSON of the first line, null where it is none, and the bytes after it. */
function firstLine(bytes: Uint8Array): readonly [unknown, Uint8Array] {
  const end = bytes.indexOf(10);
  try {
    return [JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))), bytes.subarray(end + 1)];
  } catch {
    return [null, bytes];
  }
}
