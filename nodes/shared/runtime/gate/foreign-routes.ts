import type { NodeAPI } from 'node-red';
import type { ForeignRoute } from '../../../../src/inbound/path-claims.ts';
import { splitPath, type PathPattern, type Segment } from '../../../../src/inbound/path-pattern.ts';
import { httpRoots } from './roots.ts';

/**
 * What stands at the editor's root besides the routes that nodes add there (Node-RED 4.1 and 5.0). Its applications are mounted
 * behind closures, so they cannot be listed.
 */
const EDITOR_PATHS =
  'auth comms context credentials diagnostics favicon.ico flow flows icons library locales nodes plugins projects red resources settings survey-hooks theme types vendor'.split(
    ' ',
  );

/** The parts of an Express layer that tell its path; none of them is documented, so each may be missing. */
interface Layer {
  readonly route?: { readonly path?: unknown };
  readonly regexp?: RegExp & { readonly fast_slash?: boolean };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

interface Place {
  readonly owner: ForeignRoute['owner'];
  readonly root: string;
}

/** The paths of the editor and of other nodes, as they are now. */
export function foreignRoutes(RED: NodeAPI): ForeignRoute[] {
  const { admin, node } = httpRoots(RED);
  return [
    ...(admin === undefined ? [] : editorRoutes(RED, admin, node)),
    ...(node === undefined ? [] : listRoutes(layersOf(RED.httpNode), { owner: 'node', root: node })),
  ];
}

function editorRoutes(RED: NodeAPI, admin: string, node: string | undefined): ForeignRoute[] {
  // Under a root of its own all is the editor's, unless the nodes' root is inside it.
  const isApart = admin !== '' && !`${node ?? ''}/`.startsWith(`${admin}/`);
  if (isApart) return [territory(admin, 'editor')];
  const own = EDITOR_PATHS.map((name) => territory(`${admin}/${name}`, 'editor'));
  const added = listRoutes(layersOf(RED.httpAdmin), { owner: 'editor', root: admin });
  return [...own, ...added.filter(({ pattern }) => beginsPlainly(pattern))];
}

/** The editor's own routes with parameters are left alone too; what matches any path at all cannot be. */
const beginsPlainly = ({ segments: [first] }: PathPattern): boolean => first !== undefined && 'text' in first;

function layersOf(app: unknown): readonly Layer[] {
  const { _router } = app as { readonly _router?: { readonly stack?: readonly Layer[] } };
  return _router?.stack ?? [];
}

function listRoutes(layers: readonly Layer[], place: Place): ForeignRoute[] {
  return layers.flatMap((layer) => {
    if (layer.route) return [layer.route.path].flat().flatMap((path) => routeAt(path, place));
    const mount = mountPath(layer);
    const inner = layer.handle?.stack;
    if (inner && mount !== undefined) return listRoutes(inner, { ...place, root: place.root + mount });
    return mount === undefined || mount === '' ? [] : [territory(place.root + mount, place.owner)];
  });
}

function routeAt(path: unknown, { owner, root }: Place): ForeignRoute[] {
  if (typeof path !== 'string' || !path.startsWith('/')) return [];
  const { segments, isOpenEnded } = parseRoute(root + path);
  // A path that ends in a star covers more than can be compared: only what is the editor's is kept clear of it.
  if (isOpenEnded && owner === 'node') return [];
  return [
    { owner, name: root + path, pattern: { segments }, isTerritory: isOpenEnded || owner === 'editor' },
  ];
}

/** The path of an Express route, up to the first part with a star in it. */
function parseRoute(path: string): { segments: Segment[]; isOpenEnded: boolean } {
  const parts = splitPath(path);
  const star = parts.findIndex((part) => part.includes('*'));
  const known = star < 0 ? parts : parts.slice(0, star);
  const segments = known.map((part) => (/[:(?+]/.test(part) ? { parameter: part } : { text: part }));
  return { segments, isOpenEnded: star >= 0 };
}

/** Where `app.use(path, …)` put a layer: Express keeps only the expression it made of the path. */
function mountPath({ regexp }: Layer): string | undefined {
  if (!regexp || regexp.fast_slash) return '';
  const path = /^\^((?:\\?\/[\w\\.~@$-]+)+)\\?\/\?\(\?=\\?\/\|\$\)$/.exec(regexp.source)?.[1];
  return path?.replaceAll('\\', '');
}

function territory(path: string, owner: ForeignRoute['owner']): ForeignRoute {
  const segments = splitPath(path).map((text) => ({ text }));
  return { owner, name: path, pattern: { segments }, isTerritory: true };
}
