import { describeTransportError, type TransportErrorCode } from '../delivery/transport.ts';

/** A failure that we found ourselves. Its message is for people, with neither URL nor credentials. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  readonly code: TransportErrorCode;

  constructor(code: TransportErrorCode, message = describeTransportError(code)) {
    super(message);
    this.code = code;
  }
}
