import js from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

export default tseslint.config(
    { ignores: ["bin/", "node_modules/", "coverage/", "**/*.js", "**/*.mjs", "examples/"] },
    js.configs.recommended,
    ...tseslint.configs.recommendedTypeChecked,
    {
        languageOptions: { parserOptions: { project: "./tsconfig.json" } },
        plugins: { "@pulumi": pulumi },
        rules: {
            "@typescript-eslint/consistent-type-imports": "error",
            "@typescript-eslint/explicit-module-boundary-types": "error",
            "@typescript-eslint/no-floating-promises": "error",
            "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
            "@pulumi/no-output-in-template-literal": "error",
            "@pulumi/no-output-instance-in-template-literal": "error",
            // Widening assertions on frozen defaults are wanted: without them each default has a type of its own.
            "@typescript-eslint/no-unnecessary-type-assertion": "off",
            "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
            "max-lines": ["error", { max: 330, skipBlankLines: true, skipComments: true }],
            "max-lines-per-function": ["error", { max: 70, skipBlankLines: true, skipComments: true }],
        },
    },
    {
        files: ["test/**/*.ts"],
        rules: {
            "max-lines-per-function": "off",
            "@typescript-eslint/no-unused-expressions": "off",
        },
    },
);
