import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const typed = {
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  rules: {
    '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
    '@typescript-eslint/consistent-type-imports': 'error',
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-non-null-assertion': 'error',
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    eqeqeq: 'error',
    'no-console': 'error',
  },
};

// The few places that may look at the world: see the README, "Directions".
const world = [
  { object: 'process', property: 'env', message: 'Settings are read in settings.ts only.' },
  { object: 'Date', property: 'now', message: 'Take the time from the Clock port.' },
  { object: 'Math', property: 'random', message: 'Take ids and randomness from a port.' },
];

export default defineConfig(
  globalIgnores(['**/node_modules', '**/dist', '**/cdk.out', '.data', 'test-results']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  typed,
  {
    files: [
      'packages/**/*.ts',
      'functions/api/**/*.ts',
      'functions/planner/**/*.ts',
      'functions/projector/**/*.ts',
      'functions/sealer/**/*.ts',
    ],
    ignores: ['**/*.test.ts', '**/settings.ts'],
    rules: {
      'no-restricted-properties': ['error', ...world],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Take the time from the Clock port.',
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', 'tests/**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  { files: ['**/*.{js,mjs}'], extends: [tseslint.configs.disableTypeChecked] },
);
