import assert from 'node:assert/strict';
import { REJECTIONS } from '../../src/signature/scheme.ts';
import { NODE_TYPES, PLUGINS, findFiles, readText, readWords } from '../support/pack-files.ts';

const OWNERS = [...NODE_TYPES, ...PLUGINS];
const catalogues = new Map(OWNERS.map((owner) => [owner, readWords(owner)]));
const hasWord = (key: string): boolean => catalogues.get(key.split('.')[0] ?? '')?.has(key) ?? false;
const IN_CODE = new RegExp(`['"\`]((?:${OWNERS.join('|')})(?:\\.[A-Za-z0-9_-]+)+)['"\`]`, 'g');

/** The start of a key whose end is put together at run time. */
const OPEN_IN_CODE = new RegExp(`\`((?:${OWNERS.join('|')})(?:\\.[A-Za-z0-9_-]+)*\\.)\\$\\{`, 'g');

/** The keys that an element's `data-i18n` names, such as `[title]a.b;c.d`. */
const keysOf = (attribute: string): string[] =>
  attribute.split(';').map((part) => part.replace(/^\[[^\]]*\]/, ''));

const codeKeys = findFiles('nodes/**/*.ts').flatMap((file) =>
  [...readText(file).matchAll(IN_CODE)].map(([, key = '']) => ({ file, key })),
);
const openKeys = findFiles('nodes/**/*.ts').flatMap((file) =>
  [...readText(file).matchAll(OPEN_IN_CODE)].map(([, start = '']) => start),
);
const templateKeys = NODE_TYPES.flatMap((type) => {
  const file = `nodes/${type}/${type}.html`;
  return [...readText(file).matchAll(/data-i18n="([^"]*)"/g)].flatMap(([, attribute = '']) =>
    keysOf(attribute).map((key) => ({ file, key })),
  );
});

describe('the words', () => {
  it('hold every key that the code names', () => {
    assert.ok(codeKeys.length > 50);
    assert.deepEqual(
      codeKeys.filter(({ key }) => !hasWord(key)),
      [],
    );
  });

  it('hold every key that the templates name, in the catalogue of their own node', () => {
    assert.ok(templateKeys.length > 50);
    const isOwn = ({ file, key }: { file: string; key: string }): boolean =>
      hasWord(key) && file.startsWith(`nodes/${key.split('.')[0] ?? ''}/`);
    assert.deepEqual(
      templateKeys.filter((use) => !isOwn(use)),
      [],
    );
  });

  it('hold no key that nothing names', () => {
    const used = new Set([...codeKeys, ...templateKeys].map(({ key }) => key));
    const isUsed = (key: string): boolean => used.has(key) || openKeys.some((start) => key.startsWith(start));
    const unused = [...catalogues.values()]
      .flatMap((words) => [...words.keys()])
      .filter((key) => !isUsed(key));
    assert.deepEqual(unused, []);
  });

  it('hold what the dialogs of hooks of both kinds show of a running hook, and no more', () => {
    const named = findFiles('nodes/shared/editor/*.ts').flatMap((file) =>
      [...readText(file).matchAll(/\bwords\(\s*['"`](\w+\.[\w-]*)/g)].map(([, start = '']) => start),
    );
    assert.ok(named.length > 5);
    const wordsOf = (type: string): string[] =>
      [...(catalogues.get(type)?.keys() ?? [])]
        .filter((key) => key.startsWith(`${type}.debug.`))
        .map((key) => key.replace(`${type}.debug.`, ''));
    for (const type of ['inbound-hook-in', 'email-hook-in']) {
      const held = wordsOf(type);
      assert.deepEqual(
        held.filter((key) => !named.some((start) => key.startsWith(start))),
        [],
      );
      for (const start of named)
        assert.ok(
          held.some((key) => key.startsWith(start)),
          `${type}: ${start}`,
        );
    }
    // What becomes of a mail is less than what becomes of a request.
    const isOfBoth = (key: string): boolean => !key.startsWith('outcome.');
    assert.deepEqual(wordsOf('email-hook-in').filter(isOfBoth), wordsOf('inbound-hook-in').filter(isOfBoth));
  });

  it('tell every reason to refuse a signature at the nodes that verify', () => {
    for (const start of ['hmac-verify.status.', 'inbound-hook-in.status.rejected-'])
      for (const reason of Object.keys(REJECTIONS)) assert.ok(hasWord(start + reason), start + reason);
  });

  it('are not empty, and short where they stand under a node', () => {
    for (const words of catalogues.values())
      for (const [key, text] of words) {
        assert.notEqual(text.trim(), '', key);
        if (key.includes('.status.')) assert.ok(text.length <= 20, `${key}: ${text}`);
      }
  });
});

describe('the parts of a node', () => {
  for (const type of NODE_TYPES) {
    it(`are there for ${type}`, () => {
      const help = readText(`nodes/${type}/locales/en-US/${type}.html`);
      assert.match(help, new RegExp(`^<script type="text/markdown" data-help-name="${type}">\\n\\S`));
      const headings = [...help.matchAll(/^### (.*)$/gm)].map(([, title]) => title);
      const order = ['Inputs', 'Outputs', 'Details', 'References'];
      assert.deepEqual(
        headings,
        order.filter((title) => headings.includes(title)),
      );
      assert.ok(headings.includes('Details'));
      // The editor's Markdown makes a property of what looks like `: name (type) : words`, wherever that stands.
      for (const line of help.split('\n'))
        if (line.startsWith(':')) assert.match(line, /^: \*?\w+\*? \([^)]+\) : [^:]+$/);
        else assert.doesNotMatch(line, /:[^:]+\([^:]+\).*?:/);
      const definition = readText(`nodes/${type}/${type}.editor.ts`);
      if (!definition.includes("category: 'config'")) {
        const icon = /icon: '([^']+)'/.exec(definition)?.[1] ?? '';
        assert.match(readText(`nodes/${type}/icons/${icon}`), /^<svg /);
      }
    });
  }

  it('use only style variables that both editors have, and no colour of their own', () => {
    const editors = ['', 'node-red-4/node_modules/'].map((place) =>
      readText(`node_modules/${place}@node-red/editor-client/public/red/style.min.css`),
    );
    const styles = findFiles('nodes/**/*.css');
    assert.equal(styles.length, 2);
    for (const style of styles.map(readText)) {
      assert.doesNotMatch(style, /#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/i);
      for (const [, name = ''] of style.matchAll(/var\((--[\w-]+)/g)) {
        assert.match(name, /^--red-ui-/);
        for (const editor of editors) assert.ok(editor.includes(`${name}:`), name);
      }
    }
  });
});
