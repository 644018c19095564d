import type { Activation } from "../../Network.js";

const gelu = { root: Math.sqrt(2 / Math.PI), cubic: 0.044715 };

/** What a hidden unit makes of its sum, and the slope there. The slope of relu at 0 is 0. */
export function activate(activation: Activation, x: number): { readonly value: number; readonly slope: number } {
  switch (activation) {
    case "relu":
      return x > 0 ? { value: x, slope: 1 } : { value: 0, slope: 0 };
    case "tanh": {
      const value = Math.tanh(x);
      return { value, slope: 1 - value * value };
    }
    case "silu": {
      const gate = 1 / (1 + Math.exp(-x));
      return { value: x * gate, slope: gate * (1 + x * (1 - gate)) };
    }
    case "gelu": {
      const t = Math.tanh(gelu.root * (x + gelu.cubic * x ** 3));
      return {
        value: (x * (1 + t)) / 2,
        slope: (1 + t) / 2 + (x * (1 - t * t) * gelu.root * (1 + 3 * gelu.cubic * x * x)) / 2,
      };
    }
  }
}
