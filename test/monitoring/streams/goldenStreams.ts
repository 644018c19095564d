import { readFileSync } from "node:fs";

interface Golden {
  readonly cases: {
    readonly streams: {
      readonly input: {
        readonly bits: Readonly<Record<string, string>>;
        readonly values: Readonly<Record<string, readonly number[]>>;
      };
      readonly expected: Readonly<Record<string, GoldenAlarms>>;
    };
    readonly documented: {
      readonly input: { readonly docstring: string; readonly multiple: string };
      readonly expected: {
        readonly adwin_docstring: readonly number[];
        readonly page_hinkley_docstring: number;
        readonly adwin_multiple: readonly number[];
      };
    };
  };
}

type GoldenAlarms = Readonly<Record<string, number | null>> & {
  readonly "adwin_river_delta0.002": {
    readonly first: number | null;
    readonly alarms: readonly number[];
    readonly final_width: number;
  };
};

const { streams, documented } = (
  JSON.parse(readFileSync(new URL("../../golden/c_streams.json", import.meta.url), "utf8")) as Golden
).cases;
const digits = (text: string): number[] => Array.from(text, Number);

/** Rows of alarm by river's update rules, and those that river's own documents give; see the file. */
export const goldenStreams: readonly {
  readonly name: string;
  readonly values: readonly number[];
  readonly expected: GoldenAlarms;
}[] = Object.entries(streams.expected).map(([name, expected]) => ({
  name,
  values: name in streams.input.bits ? digits(streams.input.bits[name]) : streams.input.values[name],
  expected,
}));

export const riverStreams = {
  docstring: digits(documented.input.docstring),
  multiple: digits(documented.input.multiple),
  ...documented.expected,
} as const;

/** Rows at which a monitor raised alarms. */
export function alarmRows<State extends { readonly alarms: number }>(
  start: State,
  next: (state: State, value: number) => State,
  values: readonly number[],
): readonly number[] {
  let state = start;
  return values.flatMap((value, row) => {
    const { alarms } = state;
    state = next(state, value);
    return state.alarms > alarms ? [row] : [];
  });
}
