import type { NodeAPI } from 'node-red';
import type { Logger } from '../../../src/platform/logger.ts';

/** Node-RED's log, with the pack's name before each line. */
export const redLogger = (RED: NodeAPI): Logger => ({
  info: (message) => RED.log.info(`[survey-hooks] ${message}`),
  warn: (message) => RED.log.warn(`[survey-hooks] ${message}`),
  error: (message) => RED.log.error(`[survey-hooks] ${message}`),
});
