import type { ChosenEngine } from "./engines/chooseTrainingEngine.js";
import type { NetworkTraining, TrainingCourse } from "./trainingCourse.js";
import type { PackedTraining } from "./engines/TrainingEngine.js";

/** Trains side by side what can be packed; who stops early makes room for the others. In the order of the courses. */
export async function trainPack(
  courses: readonly TrainingCourse[],
  pack: PackedTraining,
  chosen: ChosenEngine,
): Promise<readonly NetworkTraining[]> {
  const nextTurns = () =>
    courses.flatMap((course, member) => {
      const epoch = course.next();
      return epoch === null ? [] : [{ member, ...epoch }];
    });
  for (let turns = nextTurns(); turns.length > 0; turns = nextTurns()) {
    const trained = await pack.epoch(turns);
    const tuning = turns.flatMap(({ member }) => {
      const rows = courses[member].tune;
      return rows === null ? [] : [{ member, rows }];
    });
    const tuned = new Map((await pack.loss(tuning)).map((sums, i) => [tuning[i].member, sums]));
    turns.forEach(({ member }, i) =>
      courses[member].record(trained[i], tuned.get(member) ?? null, pack.weights(member)),
    );
  }
  return courses.map((course) => course.result(chosen));
}
