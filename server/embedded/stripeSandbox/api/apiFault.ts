/** The refusals of the API, in Stripe's form: https://docs.stripe.com/api/errors */

/** The `error` object of a refusal. */
export interface FaultBody {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  doc_url?: string;
  /** The intent of the payment that was refused, as it is now. */
  payment_intent?: object;
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

/** The card's bank says no: what was asked is not done. The intent that was tried, if there is one, is told with it. */
export function cardDeclined(intent?: object): ApiFault {
  return new ApiFault(402, { type: 'card_error', code: 'card_declined', decline_code: 'generic_decline', message: 'Your card was declined.', ...(intent && { payment_intent: intent }) });
}

/** The card's bank wants its holder to prove who they are, which the call has no way to ask. */
export function proofWanted(): ApiFault {
  return new ApiFault(402, {
    type: 'card_error',
    code: 'subscription_payment_intent_requires_action',
    message: 'This payment requires additional user action before it can be completed successfully.',
  });
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
