import type { StudySettings } from "./files/StudySettings.js";
import { prunerOf } from "./pruners/prunerOf.js";
import { type SamplerParts, samplerOf } from "./samplers/samplerOf.js";
import { createStudy, type Study } from "./Study.js";

/** The study of its settings, in memory. */
export function studyOf(settings: StudySettings, parts: SamplerParts): Study {
  const { seed, window, directions, space, sampler, pruner, history } = settings;
  return createStudy({
    ...{ seed, window, directions, sampler: samplerOf(sampler, parts) },
    ...(space === null ? {} : { space }),
    ...(pruner === null ? {} : { pruner: prunerOf(pruner) }),
    ...(history === null ? {} : { history }),
  });
}
