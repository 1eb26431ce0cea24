import type { LogFilter, LogQuery } from '../../../../src/delivery/delivery-log.ts';
import { readLogFilter, readLogQuery, type LogQueryParameters } from '../../../../src/delivery/log-query.ts';
import { HookError } from '../../../../src/errors.ts';
import { ApiError } from './guard.ts';

/** The page of the log that a request asks for. */
export const readQuery = (given: LogQueryParameters): LogQuery => read(() => readLogQuery(given));

/** What a request narrows the log by, of which it wants more than a page. */
export const readFilter = (given: LogQueryParameters): LogFilter => read(() => readLogFilter(given));

/** What is wrong with it is told under a code of its own. */
function read<Result>(parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    throw error instanceof HookError ? new ApiError(400, 'invalid_query', error.message) : error;
  }
}
