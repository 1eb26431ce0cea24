import type { Source } from './source.ts';

/** Any other system: everything comes from the mapping. */
export const generic: Source = {
  title: 'mapping',
  needsMap: 'this source is any system',
  find: (_, { measuring }) => ({ measuring, values: {} }),
};
