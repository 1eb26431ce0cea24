import type { Node, NodeAPI, NodeDef } from 'node-red';
import { parseListener, type ListenerSettings } from '../../src/email/listener-settings.ts';
import { emailGate } from '../shared/runtime/email/email-gate.ts';
import { expandSettings } from '../shared/runtime/settings.ts';
import { findCertificate } from './find-certificate.ts';

type ListenerDef = NodeDef & Omit<ListenerSettings, 'credentials'> & { readonly tls?: unknown };

/** What its hooks look up at it. */
export interface ListenerNode extends Node {
  /** Empty where mail for every domain is taken. */
  domain: string;
}

/** Where mail comes in, for all hooks that name it. The gate for mail finds it by its id. */
export default function register(RED: NodeAPI): void {
  const gate = emailGate(RED);

  function EmailListener(this: ListenerNode, config: ListenerDef): void {
    RED.nodes.createNode(this, config);
    const parsed = parseListener(expandSettings(RED, this, config));
    this.domain = parsed.kind === 'valid' ? parsed.listener.domain : '';
    if (parsed.kind === 'invalid')
      for (const { setting, message } of parsed.problems)
        this.error(`${RED._('email-listener.errors.invalid')} ${setting}: ${message}`);
    gate.setListener(this.id, { parsed, findCertificate: () => findCertificate(RED, config.tls) });
  }

  RED.nodes.registerType('email-listener', EmailListener);
}
