/** @type {import("prettier").Config} */
export default {
  printWidth: 120,
  overrides: [
    // Decorators before functions, which only AssemblyScript has.
    { files: "**/assembly/*.ts", options: { plugins: ["assemblyscript-prettier"] } },
  ],
};
