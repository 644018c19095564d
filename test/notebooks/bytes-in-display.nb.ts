// %% [markdown]
// Bytes become base64 and numbers text; what a notebook cannot hold is refused in words.

// %%
import { display } from "cspbbr3-twin";

await display({ "image/png": Buffer.from("89504e470d0a1a0a", "hex") });
await display({ "application/pdf": new Uint8Array([37, 80]), "text/plain": 12 });

// %%
await display({ "image/png": 7 });
