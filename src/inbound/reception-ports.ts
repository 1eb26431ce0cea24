import type { Logger } from '../platform/logger.ts';
import type { AnswersUnderWay } from './deduplication/answers-under-way.ts';
import type { InboundHook } from './hook.ts';
import type { SenderLimits } from './limits/sender-limits.ts';
import type { PendingAnswers } from './pending-answers.ts';
import type { ReadingPorts } from './read-event.ts';

/** What receiving needs of the gate. */
export interface ReceptionPorts extends ReadingPorts {
  readonly logger: Logger;
  readonly pending: PendingAnswers;
  readonly underWay: AnswersUnderWay;
  readonly limits: SenderLimits;
  /** Whether the hook is at its path and its flow runs: a deploy may come while a body is read. */
  isServing(hook: InboundHook): boolean;
}
