import type { Server } from 'node:http';
import type { NodeAPI } from 'node-red';
import { InboundGate } from '../../../../src/inbound/gate.ts';
import { installGate } from '../../../../src/inbound/install-gate.ts';
import type { Logger } from '../../../../src/platform/logger.ts';
import { asError } from '../failure.ts';
import { keepHooks } from '../hook-directory.ts';
import { redLogger } from '../logger.ts';
import { keepSigningSecrets } from '../signing-secrets.ts';
import { ExpressHost } from './express-host.ts';
import { foreignRoutes } from './foreign-routes.ts';

interface Installation {
  readonly gate: InboundGate;
  /** Serves this runtime from now on. */
  adopt(RED: NodeAPI): void;
}

/**
 * The gate of Node-RED's HTTP server, in front of its listeners from the first call on: the plugin makes it, before the nodes are
 * loaded. Undefined where there is no server.
 */
export function hookGate(RED: NodeAPI): InboundGate | undefined {
  const server = RED.server as unknown as Server | undefined;
  // The runtime's stand-in for a missing server is an empty object.
  if (typeof server?.on !== 'function') return undefined;
  const installation = installGate(server, () => create(RED));
  installation.adopt(RED);
  return installation.gate;
}

function create(first: NodeAPI): Installation {
  let current = first;
  const logger = redLogger(first);
  const host = new ExpressHost(first);
  const gate = new InboundGate({ logger, host });
  // Before our own listening: hooks are told of their paths with the secrets that are left.
  keepSigningSecrets(first);
  keepHooks(first);
  first.events.on('flows:stopping', () => gate.shut());
  first.events.on('flows:started', () => gate.open(listForeign(current, logger)));
  return {
    gate,
    adopt(RED) {
      if (RED.httpNode === current.httpNode) return;
      current = RED;
      host.adopt(RED);
    },
  };
}

/** A listener of this event that throws would keep the flows from being reported as started. */
function listForeign(RED: NodeAPI, logger: Logger): ReturnType<typeof foreignRoutes> {
  try {
    return foreignRoutes(RED);
  } catch (error) {
    logger.error(`The routes of other nodes could not be listed: ${asError(error).message}`);
    return [];
  }
}
