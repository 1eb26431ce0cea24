import type { FlowNode } from '../../support/node-red.ts';
import { externalData, externalGroup, hook, tab } from '../dialogs/fixtures.ts';

const field = (label: string, parameter: string, type: string, favorite: boolean): object => ({
  label,
  parameter,
  type,
  favorite,
});

/** Two groups of two kinds of subjects, and a hook for each that keeps what it receives about the subject `id`. */
export const externalFlows: readonly FlowNode[] = [
  tab,
  externalGroup('helpdesk', 'Helpdesk', {
    fields: [
      field('Summary', 'summary', 'string', false),
      field('Number', 'number', 'integer', true),
      field('Due', 'due', 'date-time', true),
      field('Solved', 'solved', 'boolean', false),
    ],
  }),
  externalGroup('crm', 'CRM', {
    subjectKind: 'user',
    fields: [field('Plan', 'plan', 'string', false)],
  }),
  ...['helpdesk', 'crm'].flatMap((group) => [
    hook(`to-${group}`, { auth: 'none', respond: 'flow', wires: [[`keep-${group}`]] }),
    {
      ...externalData(`keep-${group}`, group),
      action: 'set',
      subject: 'payload.id',
      wires: [[`answer-${group}`]],
    },
    {
      id: `answer-${group}`,
      type: 'http response',
      z: 'tab',
      name: '',
      statusCode: '200',
      headers: {},
      x: 500,
      y: 80,
      wires: [],
    },
  ]),
];
