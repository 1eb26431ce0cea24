import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** A block stands on the ones below it: what a folder may not import, and why. */
const forbidden = (names, message) => names.map((name) => ({ group: [name, `${name}/*`], message }));
const hostFree = forbidden(
  ['node-red', 'express', '@node-red'],
  'src is the product; Node-RED is one host of it.',
);
const only = (name, place) => ({ regex: `^${name}(-|/|$)`, message: `Only ${place} imports ${name}.` });
const undici = only('undici', 'src/transport');
const ajv = only('ajv', 'src/mapping');
const pg = only('pg', 'src/store/postgres');
const mail = ['smtp-server', 'postal-mime', 'htmlparser2'].map((name) => only(name, 'src/email'));

const restrict = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });
const zone = (target, from, message) => ({ target, from, message });

export default tseslint.config(
  { ignores: ['dist/**', 'dist-*/**', 'node_modules/**', '.demo/**', 'eslint.config.js', 'scripts/*.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.json'] })] },
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './tsconfig.editor.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      complexity: ['error', 10],
      'max-params': ['error', 3],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: [
            zone('./src', './nodes', 'src knows no Node-RED.'),
            zone('./src/platform', ['./src/!(platform)/**'], 'platform is the ground floor.'),
            zone(
              [
                './src/delivery',
                './src/email',
                './src/inbound',
                './src/mapping',
                './src/records',
                './src/survey',
              ],
              ['./src/store', './src/transport'],
              'A core imports its ports, never a back-end.',
            ),
          ],
        },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  { files: ['src/**/*.ts'], rules: restrict([...hostFree, undici, ajv, pg, ...mail]) },
  { files: ['src/transport/**/*.ts'], rules: restrict([...hostFree, ajv, pg, ...mail]) },
  { files: ['src/mapping/**/*.ts'], rules: restrict([...hostFree, undici, pg, ...mail]) },
  { files: ['src/store/postgres/**/*.ts'], rules: restrict([...hostFree, undici, ajv, ...mail]) },
  { files: ['src/email/**/*.ts'], rules: restrict([...hostFree, undici, ajv, pg]) },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/platform/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take a Clock (src/platform).' },
        { object: 'Math', property: 'random', message: 'Take a Random (src/platform).' },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'setTimeout', message: 'Take a Clock (src/platform).' },
        { name: 'setInterval', message: 'Take a Clock (src/platform).' },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-params': 'off',
    },
  },
  // Its packages are not installed here, so their types are unknown; its own tsc run looks at those (npm run interop).
  { files: ['test/interop/**/*.ts'], ...tseslint.configs.disableTypeChecked },
);
