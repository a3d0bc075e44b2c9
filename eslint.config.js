import js from '@eslint/js';
import tsdoc from 'eslint-plugin-tsdoc';
import ts from 'typescript-eslint';

export default ts.config(
  {
    ignores: [
      'node_modules/',
      'dist/',
      'build/',
      'figures/',
      'data/',
      'mutants/',
      '.venv/',
      'notebooks/.ipynb_checkpoints/',
      'src/engines/event/assembly/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    plugins: { tsdoc },
    rules: {
      'tsdoc/syntax': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Every random number comes from src/random.ts, so that a run is a function of its seed.
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'use src/random.ts' },
      ],
      'no-console': 'off',
    },
  },
  {
    // A switch over a kind names every kind, and none has a default that does something else: a new kind is an error there.
    files: ['src/**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, requireDefaultForNonUnion: true },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        require: 'readonly',
        module: 'readonly',
        URL: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
