// A made-up annealing: how bright is a film after it was heated? Tuned in docs/tuning.md.

/** What is varied. */
export const space = {
  temperatureCelsius: { kind: "float", low: 60, high: 220 },
  minutes: { kind: "float", low: 1, high: 60, log: true },
  antisolvent: { kind: "categorical", choices: ["none", "toluene"] },
  delaySeconds: { kind: "integer", low: 5, high: 40, when: { parameter: "antisolvent", is: ["toluene"] } },
};

/** Brightness is made greatest. */
export const directions = ["maximize"];

/** Told film after film, so that a pruner may stop it. */
export function objective({ number, parameters, report }, { seed }) {
  const { temperatureCelsius, minutes, antisolvent, delaySeconds = 0 } = parameters;
  const heated = Math.exp(-(((temperatureCelsius - 140) / 30) ** 2) - Math.log(minutes / 10) ** 2);
  const washed = antisolvent === "none" ? 0.6 : Math.exp(-(((delaySeconds - 18) / 8) ** 2));
  let sum = 0;
  for (let film = 1; film <= 5; film++) {
    const chance = Math.sin(1e4 * (seed + 31 * number + film)); // of this film: the same whenever it is made again
    sum += heated * washed + 0.02 * chance;
    if (report(film, sum / film)) return { state: "pruned", reason: `stopped after film ${film} of 5` };
  }
  return sum / 5;
}
