import tseslint from "typescript-eslint";

const clockAndChance = [
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: "Draw from a Random that the caller passes in.",
  },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: "The clock lives in src/io; saved results must not depend on it.",
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "The clock lives in src/io; saved results must not depend on it.",
  },
];

export default tseslint.config(
  {
    ignores: [
      "dist/**",
      "site/**",
      "coverage/**",
      "docs/api/**",
      ".venv/**",
      ".twin/**",
      "test/notebooks/**",
      "**/assembly/**",
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ["tsconfig.json", "test/tsconfig.json", "notebooks/tsconfig.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/io/**", "src/workspace/**"],
    rules: { "no-restricted-syntax": ["error", ...clockAndChance] },
  },
  { files: ["notebooks/*.nb.ts"], rules: { "@typescript-eslint/no-unused-vars": "off" } },
  { files: ["**/*.js"], ...tseslint.configs.disableTypeChecked },
);
