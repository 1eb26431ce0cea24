import assert from 'node:assert/strict';
import type { ReceivedRequest } from '../../support/receiver.ts';

interface Tools {
  readonly press: (file: string, name: string) => Promise<void>;
  readonly shows: (name: string, text: RegExp) => Promise<void>;
  readonly arrives: (pathname: string) => Promise<readonly ReceivedRequest[]>;
}

/** What the examples that raise alerts do, by file. */
export function alertFlows({ press, shows, arrives }: Tools): Readonly<Record<string, () => Promise<void>>> {
  return {
    '22 - Tell when an endpoint is disabled.json': async () => {
      await press('22', 'Deliver to a CRM that is gone');
      const [request] = await arrives('/slack.example/services/endpoint-alerts');
      const { text } = JSON.parse(String(request?.body)) as { text: string };
      assert.equal(
        text,
        'CRM is disabled: it answered that it is gone (410). Deliveries wait until it is enabled again.',
      );
      await shows('How the alert ended', /endpointName: 'Slack channel'[\s\S]*status: 'Succeeded'/);
    },
  };
}
