// %% [markdown]
// One display carries several MIME types, and a display that is updated stays one.

// %%
import { display, progressBar } from "cspbbr3-twin";

await display({ "application/vnd.plotly.v1+json": { data: [], layout: {} }, "image/svg+xml": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "text/plain": "a figure" });

// %%
const progress = progressBar("steps", 200);
for (let step = 0; step < 200; step++) progress.advance();
console.log("done");
