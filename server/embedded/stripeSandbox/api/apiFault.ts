/** The refusals of the API, in Stripe's form: https://docs.stripe.com/api/errors */

/** The `error` object of a refusal. */
export interface FaultBody {
  type: 'api_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  param?: string;
  doc_url?: string;
}

/** A refusal on its way to the caller. */
export class ApiFault extends Error {
  override readonly name = 'ApiFault';

  /** @param status - the HTTP status. */
  constructor(
    readonly status: number,
    readonly body: FaultBody,
  ) {
    super(body.message);
    if (body.code) body.doc_url ??= `https://docs.stripe.com/error-codes#${body.code.replaceAll('_', '-')}`;
  }
}

/** The request asks for something that cannot be done; `param` is the parameter at fault. */
export function badRequest(message: string, detail: { param?: string; code?: string } = {}): ApiFault {
  return new ApiFault(400, { type: 'invalid_request_error', message, ...detail });
}

/** The object named in the path does not exist. */
export function noSuchObject(noun: string, id: string): ApiFault {
  return new ApiFault(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${noun}: '${id}'`,
    param: 'id',
  });
}

/** An object named by a parameter does not exist. */
export function noSuchReference(noun: string, id: string, param: string): ApiFault {
  return badRequest(`No such ${noun}: '${id}'`, { code: 'resource_missing', param });
}
