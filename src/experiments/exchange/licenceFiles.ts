import type { ExchangeTable } from "./ExchangeTable.js";

/** What a copy under the MIT licence must carry; the line of the copyright is the authors' own. */
const permission = `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
`;

/** The licence as a file beside the table: with its text where it is MIT, which copies must carry, else by its name. */
export function licenceFiles({ licence, origin, citation }: ExchangeTable): Readonly<Record<string, string>> {
  const of = origin === null ? "" : `\nThe authors of ${origin} (${citation}); their own notice stands there.\n`;
  const text = licence === "MIT" ? `MIT License\n${of}\n${permission}` : `SPDX-License-Identifier: ${licence}\n${of}`;
  return { "LICENCE.txt": text };
}
