import { InputError } from "../../core/InputError.js";
import { makeTrainingEngine } from "./makeTrainingEngine.js";
import { type TrainingEngine, type TrainingEngineName, trainingEngineNames } from "./TrainingEngine.js";

/**
 * An engine by name, or by rule: "tensorflow" is on a graphics card where there is one, "auto" where that also pays.
 */
export type EngineChoice = TrainingEngineName | "tensorflow" | "auto";

/** The engine that was chosen, and why. */
export interface ChosenEngine {
  readonly engine: TrainingEngine;
  /** Why this one, and what it computes on; for evidence. */
  readonly reason: string;
}

/**
 * A card needs some 5 ms to be told of an update, whatever its size, in which the simd engine does 10 million
 * parameters times rows; only beyond several times that a card is worth its start.
 */
const leastUpdateForCard = 5e7;

/**
 * Chooses the engine that trains, by name or by rule. One that is named is made or refused. By rule: "tensorflow"
 * takes webgpu, else wasm; "auto" takes webgpu for updates of at least 50 million parameters times rows, else simd,
 * else typescript. Bytes depend on the machine under both rules.
 *
 * @param updateSize  parameters times rows of one update, over all trainings done at once
 * @throws InputError as makeTrainingEngine, for an engine that is named
 */
export async function chooseTrainingEngine(choice: EngineChoice, updateSize: number): Promise<ChosenEngine> {
  checkEngineChoice(choice);
  if (choice !== "tensorflow" && choice !== "auto") {
    const engine = await makeTrainingEngine(choice);
    return { engine, reason: `asked for; computes on ${engine.adapter}` };
  }
  const passedOver: string[] = [];
  const names: TrainingEngineName[] =
    choice === "tensorflow" ? ["tensorflow-webgpu", "tensorflow-wasm"] : ["simd", "typescript"];
  if (choice === "auto" && updateSize >= leastUpdateForCard) names.unshift("tensorflow-webgpu");
  if (choice === "auto" && updateSize < leastUpdateForCard)
    passedOver.push(
      `tensorflow-webgpu does not pay for updates of ${updateSize} parameters times rows (from ${leastUpdateForCard})`,
    );
  for (const name of names) {
    try {
      const engine = await makeTrainingEngine(name);
      return { engine, reason: [`${choice}: computes on ${engine.adapter}`, ...passedOver].join("; ") };
    } catch (error) {
      if (!(error instanceof InputError) || name === names.at(-1)) throw error;
      passedOver.push(`${name} is not to be had (${error.message})`);
    }
  }
  throw new Error("chooseTrainingEngine: the last engine is made or its error thrown");
}

/** @throws InputError if there is no such engine and no such rule */
export function checkEngineChoice(choice: string): void {
  const known = [...trainingEngineNames, "tensorflow", "auto"];
  if (!known.includes(choice))
    throw new InputError({
      where: "training, engine",
      must: `must be one of ${known.join(", ")}`,
      got: `"${choice}"`,
      mend: "choose one of them",
    });
}
