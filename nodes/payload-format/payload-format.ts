import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import { isTarget, type Formatted, type FormatInput } from '../../src/survey/formats/format.ts';
import { compileFormat, type FormatSettings } from '../../src/survey/formats/formats.ts';
import { attempt, fail } from '../shared/runtime/failure.ts';
import { expandEnv, expandSettings } from '../shared/runtime/settings.ts';
import { statusOf } from '../shared/runtime/status.ts';
import { compileJsonata } from './jsonata-format.ts';

type PayloadFormatDef = NodeDef & FormatSettings;
type AnyFormat = (input: FormatInput) => Formatted | Promise<Formatted>;

const STATUS = {
  invalidSettings: { fill: 'red', shape: 'ring', text: 'payload-format.status.invalid-settings' },
  failed: { fill: 'red', shape: 'ring', text: 'payload-format.status.failed' },
} as const;

/** Writes a survey response as one target wants it. */
export default function register(RED: NodeAPI): void {
  function PayloadFormat(this: Node, config: PayloadFormatDef): void {
    RED.nodes.createNode(this, config);
    const status = statusOf(this);
    const format = attempt(() => compile(RED, this, config));
    if (format instanceof Error) {
      status.show(STATUS.invalidSettings);
      this.error(format.message);
    }

    this.on('input', (message, send, done) => {
      if (format instanceof Error) {
        fail(this, done, format);
        return;
      }
      Promise.resolve(inputOf(message))
        .then(format)
        .then((formatted) => {
          status.show({});
          send(write(message, formatted));
          done();
        })
        .catch((error: unknown) => {
          status.show(STATUS.failed);
          fail(this, done, error);
        });
    });
  }
  RED.nodes.registerType('payload-format', PayloadFormat);
}

/** A JSONata expression has a `$env` of its own, and `${…}` means something else in it. */
function compile(RED: NodeAPI, node: Node, config: PayloadFormatDef): AnyFormat {
  return config.format === 'template' && config.templateType === 'jsonata'
    ? compileJsonata(RED, node, config.template ?? '')
    : compileFormat({ ...expandSettings(RED, node, config), template: templateOf(RED, node, config) });
}

/** Node-RED itself has put a variable in its place where that is the whole template, and it may be an object. */
function templateOf(RED: NodeAPI, node: Node, config: PayloadFormatDef): string {
  const template: unknown = config.template ?? '';
  return typeof template === 'string' ? expandEnv(RED, node, template) : JSON.stringify(template);
}

function inputOf(message: NodeMessage): FormatInput {
  const { survey } = message as NodeMessage & { survey?: unknown };
  return { survey: survey ?? message.payload, message };
}

/** Where a format says nothing of its target, what an earlier one said of another target is not true of this payload. */
function write(message: NodeMessage, formatted: Formatted): NodeMessage {
  if (isTarget((message as { target?: unknown }).target)) Reflect.deleteProperty(message, 'target');
  return Object.assign(message, formatted);
}
