/** The HTTP side of the API: who asks, for what, and the answer's form. */
import { timingSafeEqual } from 'node:crypto';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import Stripe from 'stripe';
import type { Draft } from '../store/draft.js';
import { newId } from '../store/newId.js';
import type { Store } from '../store/openStore.js';
import { beginTurn, secondsOf, type TurnHouse } from '../turn.js';
import { Idempotency, replyLifeMs } from './answerOnce.js';
import { ApiFault, badRequest } from './apiFault.js';
import type { Endpoint } from './endpoint.js';
import { parseForm, type FormTree } from './parseForm.js';
import { readParams } from './readParams.js';
import { show, type Showing } from './show.js';

/** What the API needs from the sandbox around it. */
export interface ApiHouse extends TurnHouse {
  store: Store;
  secretKey: string;
  pageOf(sessionId: string): string;
  /** Lets everything happen whose time has come; answers then tell the truth. */
  catchUp(): Promise<void>;
  /** Called after each write, so that new events go out. */
  wrote(): void;
  log(line: object): void;
}

interface Answer {
  status: number;
  body: string;
}

/** The API as an Express app, one route for each endpoint. */
export function createApi(house: ApiHouse, endpoints: readonly Endpoint[]): Express {
  const app = express();
  const idempotency = new Idempotency(house.store, house.now);
  app.disable('x-powered-by').disable('etag').set('query parser', false);
  app.use(greet, requireKey(house.secretKey), requireVersion, express.text({ type: () => true, limit: '1mb' }));
  for (const endpoint of endpoints) {
    app[endpoint.method](endpoint.path, async (request: Request, response: Response) => {
      await house.catchUp();
      await (endpoint.kind === 'read' ? answerRead(house, endpoint, request, response) : answerWrite(house, idempotency, endpoint, request, response));
    });
  }
  app.use((request: Request) => {
    throw new ApiFault(404, {
      type: 'invalid_request_error',
      message: `Unrecognized request URL (${request.method}: ${request.path}). The Stripe sandbox has no such endpoint.`,
    });
  });
  app.use(refuse(house));
  return app;
}

async function answerRead(house: ApiHouse, endpoint: Endpoint & { kind: 'read' }, request: Request, response: Response): Promise<void> {
  const params = readParams(endpoint.params, formOf(request));
  const look = { reader: house.store, now: secondsOf(house.now()) };
  const object = endpoint.run(look, { id: idOf(request), params });
  send(response, { status: 200, body: bodyOf(house, object, params) });
}

async function answerWrite(
  house: ApiHouse,
  idempotency: Idempotency,
  endpoint: Endpoint & { kind: 'write' },
  request: Request,
  response: Response,
): Promise<void> {
  const key = request.get('idempotency-key');
  if (!key) return send(response, await perform(house, endpoint, request, response));
  response.set('idempotency-key', key);
  const { method, path } = request;
  const answer = await idempotency.once({ key, method, path, form: rawFormOf(request) }, (fingerprint) =>
    perform(house, endpoint, request, response, { key, fingerprint }),
  );
  if ('requestId' in answer) response.set({ 'idempotent-replayed': 'true', 'original-request': answer.requestId });
  send(response, answer);
}

/** Runs the endpoint and keeps its answer, whatever it is, in the same transaction as its effects. */
async function perform(
  house: ApiHouse,
  endpoint: Endpoint & { kind: 'write' },
  request: Request,
  response: Response,
  keyed?: { key: string; fingerprint: string },
): Promise<Answer> {
  // Parameters that do not pass have executed nothing, so their refusal is not kept: Stripe does the same.
  const params = readParams(endpoint.params, formOf(request));
  const cause = { requestId: requestIdOf(response), idempotencyKey: keyed?.key ?? null };
  const keep = (draft: Draft, answer: Answer): Answer => {
    if (!keyed) return answer;
    const madeAt = house.now().getTime();
    draft.keepReply(keyed.key, { ...answer, fingerprint: keyed.fingerprint, path: request.path, requestId: cause.requestId, madeAt });
    draft.schedule({ lane: 'forget_reply', at: madeAt + replyLifeMs, id: keyed.key, attempt: 0 });
    return answer;
  };
  try {
    return await house.store.write((draft) => {
      const turn = beginTurn(house, draft, cause);
      const object = endpoint.run(turn, { id: idOf(request), params });
      if (object instanceof ApiFault) return keep(draft, { status: object.status, body: faultBody(object) });
      const answer = { status: 200, body: bodyOf(house, object, params, draft) };
      return keep(draft, house.faults.takeBrokenAnswer() ? brokenAnswer : answer);
    });
  } catch (error) {
    const fault = faultFrom(house, error, cause.requestId);
    return await house.store.write((draft) => keep(draft, { status: fault.status, body: faultBody(fault) }));
  } finally {
    house.wrote();
  }
}

function bodyOf(house: ApiHouse, object: object, params: unknown, reader: Showing['reader'] = house.store): string {
  const showing = { reader, now: secondsOf(house.now()), pageOf: house.pageOf };
  return JSON.stringify(show(showing, object, expandOf(params)), null, 2);
}

function expandOf(params: unknown): string[] {
  const expand = typeof params === 'object' && params !== null && 'expand' in params ? params.expand : undefined;
  return Array.isArray(expand) ? expand.map(String) : [];
}

function formOf(request: Request): FormTree {
  const type = request.get('content-type');
  if (request.method !== 'GET' && type && !type.startsWith('application/x-www-form-urlencoded'))
    throw badRequest('Invalid request (check that your POST content type is application/x-www-form-urlencoded).');
  return parseForm(rawFormOf(request));
}

/** The SDK writes what belongs to a GET or a DELETE into the address, and what belongs to a POST into the body. */
function rawFormOf(request: Request): string {
  const body = request.method !== 'GET' && typeof request.body === 'string' ? request.body : '';
  return [new URL(request.url, 'http://sandbox').search.slice(1), body].filter((part) => part !== '').join('&');
}

const idOf = ({ params }: Request): string => (typeof params.id === 'string' ? params.id : '');
const requestIdOf = (response: Response): string => String(response.getHeader('request-id'));

function greet(_request: Request, response: Response, next: NextFunction): void {
  response.set({ 'request-id': newId('req_', 14), 'stripe-version': Stripe.API_VERSION, 'cache-control': 'no-cache, no-store' });
  next();
}

function requireKey(secretKey: string) {
  const expected = Buffer.from(secretKey);
  return (request: Request, _response: Response, next: NextFunction): void => {
    const given = Buffer.from(/^Bearer (.+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '');
    if (given.length === 0)
      throw new ApiFault(401, {
        type: 'invalid_request_error',
        message: 'You did not provide an API key. Set it in the Authorization header as a bearer token.',
      });
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new ApiFault(401, { type: 'invalid_request_error', message: 'Invalid API Key provided: it is not the key of this sandbox.' });
    next();
  };
}

/** The sandbox speaks one version of the API, the one that the installed SDK is made for. */
function requireVersion(request: Request, _response: Response, next: NextFunction): void {
  const version = request.get('stripe-version') ?? Stripe.API_VERSION;
  if (version !== Stripe.API_VERSION)
    throw badRequest(`Invalid Stripe API version: ${version}. The Stripe sandbox speaks ${Stripe.API_VERSION} only.`);
  next();
}

function refuse(house: ApiHouse) {
  // Express knows an error handler by its four parameters.
  return (error: unknown, _request: Request, response: Response, _next: NextFunction): void => {
    const fault = faultFrom(house, error, requestIdOf(response));
    send(response, { status: fault.status, body: faultBody(fault) });
  };
}

function faultFrom(house: ApiHouse, error: unknown, requestId: string): ApiFault {
  if (error instanceof ApiFault) return error;
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (typeof status === 'number' && status < 500)
    return new ApiFault(status, { type: 'invalid_request_error', message: 'Invalid request.' });
  house.log({ level: 'error', message: 'stripe sandbox: a request broke', requestId, error: String(error) });
  return new ApiFault(500, { type: 'api_error', message: 'The Stripe sandbox met an error of its own; its log says more.' });
}

/** What was asked is done, and the caller is not told; nor is a retry, for it is the key's answer: https://docs.stripe.com/error-low-level#server-errors */
const brokenAnswer: Answer = {
  status: 500,
  body: JSON.stringify({ error: { type: 'api_error', message: 'The answer was broken on purpose, after what was asked had been done.' } }, null, 2),
};

const faultBody = (fault: ApiFault): string => JSON.stringify({ error: fault.body }, null, 2);

function send(response: Response, { status, body }: Answer): void {
  // An answer that is kept is the same however often one asks: https://docs.stripe.com/error-low-level#should-retry
  if (status === 500) response.set('stripe-should-retry', 'false');
  response.status(status).type('application/json').send(body);
}
