import { isFilled } from '../shared/editor/text.ts';
import { check } from '../shared/editor/validators.ts';

interface HookStore {
  name: string;
  backend: string;
  file: string;
}

function isSecondStore(store: EditorNode): boolean {
  let isSecond = false;
  RED.nodes.eachConfig((other) => {
    if (other.type === 'hook-store' && other.id !== store.id && other.d !== true) isSecond = true;
    return undefined;
  });
  return isSecond;
}

RED.nodes.registerType<HookStore>('hook-store', {
  category: 'config',
  hasUsers: false,
  defaults: {
    name: { value: '' },
    backend: { value: 'sqlite' },
    file: { value: 'survey-hooks.db', validate: check('hook-store.errors.file', isFilled) },
  },
  label() {
    return this.name || this.file || 'hook-store';
  },
  oneditprepare() {
    $('#hook-store-second').toggle(isSecondStore(this));
  },
});
