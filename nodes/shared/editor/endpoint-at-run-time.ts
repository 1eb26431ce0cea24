import { endpointConfig } from './endpoint-config.ts';
import { endpointState } from './endpoint-state.ts';
import { testFire } from './test-fire.ts';

type Find = (name: string) => JQuery;

/** What the dialog of an endpoint says of the deployed one, and the test that it can send. */
export function endpointAtRunTime(node: EditorNode, { input, part }: { input: Find; part: Find }): void {
  const look = endpointState(
    { notice: part('state'), text: part('state-text'), button: part('resume') },
    node,
  );
  const parts = {
    url: input('url'),
    secretUrl: input('secretUrl'),
    format: part('test-format'),
    send: part('test-send'),
    result: part('test-result'),
  };
  testFire(parts, { config: () => endpointConfig(node, part('headers')), onAnswer: look }, node._);
}
