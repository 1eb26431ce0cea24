import { decodeSegment, splitPath, type PathPattern } from './path-pattern.ts';

/** Something that stands at the path of a request. */
export interface RouteMatch<Target> {
  readonly target: Target;
  /** The values of the path's parameters; undefined where one of them is malformed percent-encoding. */
  readonly parameters: Readonly<Record<string, string>> | undefined;
}

interface ParameterRoute<Target> {
  readonly pattern: PathPattern;
  readonly target: Target;
}

const nothing: readonly never[] = [];
const noParameters = Object.freeze({});

/** What stands at which path. Literal paths are looked up, those with parameters are tried after them in the order they were added. */
export class RouteTable<Target> {
  readonly #literal = new Map<string, RouteMatch<Target>[]>();
  readonly #parameterised: ParameterRoute<Target>[] = [];

  add(pattern: PathPattern, target: Target): void {
    const texts = pattern.segments.map((segment) => ('text' in segment ? segment.text : undefined));
    if (texts.includes(undefined)) {
      this.#parameterised.push({ pattern, target });
      return;
    }
    const key = `/${texts.join('/')}`;
    const matches = this.#literal.get(key) ?? [];
    matches.push({ target, parameters: noParameters });
    this.#literal.set(key, matches);
  }

  /** All that stands at the path of a request, given without its query. */
  match(path: string): readonly RouteMatch<Target>[] {
    const literal = this.#literal.get(path) ?? this.#matchDecoded(path);
    if (literal) return literal;
    return this.#parameterised.length === 0 ? nothing : this.#matchParameters(splitPath(path));
  }

  #matchDecoded(path: string): readonly RouteMatch<Target>[] | undefined {
    if (!path.includes('%') && !path.endsWith('/')) return undefined;
    const texts = splitPath(path).map(decodeSegment);
    const isPlain = texts.every((text) => text !== undefined && !text.includes('/'));
    return isPlain ? this.#literal.get(`/${texts.join('/')}`) : undefined;
  }

  #matchParameters(raw: readonly string[]): readonly RouteMatch<Target>[] {
    return this.#parameterised
      .filter(({ pattern }) => isAt(raw, pattern))
      .map(({ pattern, target }) => ({ target, parameters: readParameters(raw, pattern) }));
  }
}

const isAt = (raw: readonly string[], { segments }: PathPattern): boolean =>
  raw.length === segments.length &&
  segments.every((segment, at) => {
    const text = raw[at] ?? '';
    return 'parameter' in segment ? text !== '' : decodeSegment(text) === segment.text;
  });

function readParameters(
  raw: readonly string[],
  { segments }: PathPattern,
): Readonly<Record<string, string>> | undefined {
  const parameters: Record<string, string> = {};
  for (const [at, segment] of segments.entries()) {
    if ('text' in segment) continue;
    const value = decodeSegment(raw[at] ?? '');
    if (value === undefined) return undefined;
    parameters[segment.parameter] = value;
  }
  return parameters;
}
