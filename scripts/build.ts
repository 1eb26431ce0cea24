/**
 * Builds `dist/`, which mirrors `src/` and `nodes/`: CommonJS for Node-RED, one HTML file per node or plugin for its editor. It is made beside the
 * one that is there and takes its place at the end, so that whoever runs on that is never without it.
 */
import { cp, glob, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, transform, type Plugin } from 'esbuild';

const root = path.join(import.meta.dirname, '..');
const final = path.join(root, 'dist');
const dist = `${final}-${process.pid}`;

const isEditor = (file: string): boolean =>
  file.endsWith('.editor.ts') || /^nodes\/[^/]+\/editor\//.test(file);

async function list(patterns: string[]): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob(patterns, { cwd: root })) files.push(file.split(path.sep).join('/'));
  return files.sort();
}

/**
 * Leaves imports between our own files as `require`s, so that every node loads the one engine and the one gate:
 * a bundle per node would give each its own copy of them.
 */
const mirrorFiles: Plugin = {
  name: 'mirror-files',
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\.?\// }, ({ path: wanted, kind }) =>
      kind === 'entry-point' ? undefined : { path: wanted.replace(/\.ts$/, '.js'), external: true },
    );
  },
};

async function buildRuntime(): Promise<void> {
  const files = (await list(['src/**/*.ts', 'nodes/**/*.ts'])).filter((file) => !isEditor(file));
  await build({
    absWorkingDir: root,
    entryPoints: files.map((file) => `./${file}`),
    outdir: dist,
    outbase: root,
    bundle: true,
    packages: 'external',
    plugins: [mirrorFiles],
    format: 'cjs',
    platform: 'node',
    target: 'node22.9',
    charset: 'utf8',
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'warning',
  });
  await writeFile(path.join(dist, 'package.json'), '{ "type": "commonjs" }\n');
  for (const file of await list(['src/**/*.sql', 'nodes/*/icons/*', 'nodes/*/locales/**/*.json']))
    await cp(path.join(root, file), path.join(dist, file));
}

/** The style of a folder's own, such as the sidebar tab has, or else the one of all dialogs. */
async function buildStyle(own: string): Promise<string> {
  const shared = path.join(root, 'nodes/shared/editor/dialog.css');
  const css = await readFile(path.join(root, own), 'utf8').catch(() => readFile(shared, 'utf8'));
  return (await transform(css, { loader: 'css', minify: true })).code;
}

/** The editor part of a node or plugin: its style, its definition as one script, a node's template. Help and words are files beside it. */
async function buildEditor(file: string): Promise<void> {
  const folder = path.dirname(file);
  const type = path.basename(file, '.editor.ts');
  const style = await buildStyle(`${folder}/${type}.css`);
  const bundle = await build({
    absWorkingDir: root,
    entryPoints: [`./${file}`],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'warning',
  });
  const script = bundle.outputFiles[0]?.text ?? '';
  const template = await readFile(path.join(root, folder, `${type}.html`), 'utf8').catch(() => '');
  const html = `<style>${style}</style>
<script type="text/javascript">
${script.replaceAll('</script', '<\\/script')}</script>
${template}`;
  await mkdir(path.join(dist, folder), { recursive: true });
  await writeFile(path.join(dist, folder, `${type}.html`), html);
}

async function buildEditors(): Promise<void> {
  for (const file of await list(['nodes/*/*.editor.ts'])) await buildEditor(file);
  for (const file of await list(['nodes/*/locales/**/*.html']))
    await cp(path.join(root, file), path.join(dist, file));
}

try {
  await buildRuntime();
  await buildEditors();
  await rm(final, { recursive: true, force: true });
  // Two builds that end at the same time: the second finds the first one's in its place.
  await rename(dist, final).catch(async () => {
    await rm(final, { recursive: true, force: true });
    await rename(dist, final);
  });
} finally {
  await rm(dist, { recursive: true, force: true });
}
