// %% [markdown]
// Cutting a text may leave half a character, which no file can hold: U+FFFD stands for it everywhere.

// %%
import { display } from "cspbbr3-twin";

const half = "😀".slice(0, 1);
console.log(half, "\\ud83d 😀");
await display({ html: `<b>${half}</b>`, text: half });

// %%
half;

// %%
throw new Error(half);
