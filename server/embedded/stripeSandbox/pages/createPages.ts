/** The hosted payment page, as a router for the host app to mount. Whoever knows a session's id may pay it, as at Stripe. */
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { ApiHouse } from '../api/createApi.js';
import { isEmail } from '../api/params.js';
import { answerChallenge, attemptPayment } from '../checkout/attemptPayment.js';
import { enterCode } from '../checkout/enterCode.js';
import { outcomes, type OutcomeName } from '../checkout/outcomes.js';
import type { StoredSession } from '../store/kinds.js';
import type { Store } from '../store/openStore.js';
import { beginTurn, secondsOf } from '../turn.js';
import { checkoutPage } from './checkoutPage.js';
import { frameOf, notice, type Frame } from './frame.js';
import { addPortal } from './portalRoutes.js';
import { fieldIn, idOf, protect } from './protect.js';
import { stylesheet } from './stylesheet.js';
import { languages } from './words.js';

/** What the pages need from the sandbox around them. */
export type PageHouse = Pick<ApiHouse, 'account' | 'aheadMs' | 'catchUp' | 'faults' | 'now' | 'store' | 'wrote'>;

/** The payment page and what belongs to it. */
export function createPages(house: PageHouse): Router {
  const router = express.Router();
  router.get('/checkout.css', (_request: Request, response: Response) => {
    response.set('cache-control', 'no-cache').type('css').send(stylesheet);
  });
  router.use(['/c/:id', '/p/:id'], async (_request: Request, _response: Response, next: NextFunction) => {
    await house.catchUp();
    next();
  });
  router.get('/c/:id', (request: Request, response: Response) => {
    showSession(house, request, response);
  });
  const form = express.urlencoded({ extended: false, limit: '10kb', parameterLimit: 10 });
  for (const outcome of Object.keys(outcomes) as OutcomeName[])
    router.post(`/c/:id/${outcome}`, form, (request: Request, response: Response) => attempt(house, outcome, request, response));
  router.post('/c/:id/prove', form, (request: Request, response: Response) => answer(house, true, request, response));
  router.post('/c/:id/fail', form, (request: Request, response: Response) => answer(house, false, request, response));
  router.post('/c/:id/code', form, (request: Request, response: Response) => takeCode(house, request, response));
  addPortal(router, house);
  return router;
}

async function attempt(house: PageHouse, outcome: OutcomeName, request: Request, response: Response): Promise<void> {
  const session = sessionOf(house.store, request);
  if (!session) return showSession(house, request, response);
  const email = fixedEmail(house.store, session) ?? fieldIn(request, 'email');
  if (session.status === 'open' && outcome !== 'decline' && !isEmail(email)) return showSession(house, request, response, { email });
  if (session.status === 'open') {
    const payer = { email: isEmail(email) ? email : null };
    await house.store.write((draft) => attemptPayment(beginTurn(house, draft), session.id, payer, outcome));
    house.wrote();
  }
  goOn(house, request, response);
}

/** The answer to the bank's question. */
async function answer(house: PageHouse, isProven: boolean, request: Request, response: Response): Promise<void> {
  const session = await house.store.write((draft) => answerChallenge(beginTurn(house, draft), idOf(request), isProven));
  if (!session) return showSession(house, request, response);
  house.wrote();
  goOn(house, request, response);
}

/** To the shop when there is nothing more to do here. */
function goOn(house: PageHouse, request: Request, response: Response): void {
  const after = sessionOf(house.store, request);
  const isPaid = after?.status === 'complete' && after.success_url !== null;
  protect(response, after?.success_url);
  response.redirect(303, isPaid ? successUrl(after) : `${request.baseUrl}/c/${idOf(request)}`);
}

async function takeCode(house: PageHouse, request: Request, response: Response): Promise<void> {
  const written = fieldIn(request, 'code');
  const isTaken = await house.store.write((draft) => enterCode(beginTurn(house, draft), idOf(request), written));
  if (!isTaken && sessionOf(house.store, request)?.status === 'open') return showSession(house, request, response, { code: written });
  protect(response, sessionOf(house.store, request)?.success_url);
  response.redirect(303, `${request.baseUrl}/c/${idOf(request)}`);
}

/** Shows the session as it is; with `wrong`, what was written that cannot be taken. */
function showSession(house: PageHouse, request: Request, response: Response, wrong: { email?: string; code?: string } = {}): void {
  const session = sessionOf(house.store, request);
  const frame = frameOf(request, response, session?.locale ?? null);
  protect(response, session?.success_url);
  response.type('html');
  if (session?.status !== 'open') return sendNotice(response, frame, session);

  const { lines = [], subscription: plan = null } = house.store.get('checkout_plan', session.id) ?? {};
  const intent = house.store.get('payment_intent', session.payment_intent ?? plan?.intent ?? '');
  const fixed = fixedEmail(house.store, session);
  const lastWritten = house.store.get('charge', intent?.latest_charge ?? '')?.billing_details.email ?? '';
  const email = { value: fixed ?? wrong.email ?? lastWritten, isFixed: fixed !== null, isWrong: wrong.email !== undefined };
  const used = house.store.get('promotion_code', String(session.discounts?.[0]?.promotion_code ?? ''))?.code ?? null;
  const code = { used, wrong: wrong.code ?? null };
  const now = secondsOf(house.now());
  response.status(email.isWrong || code.wrong !== null ? 422 : 200).send(checkoutPage(frame, { session, lines, plan, intent, email, code, now }));
}

function sendNotice(response: Response, frame: Frame, session: StoredSession | undefined): void {
  const words = languages[frame.language];
  if (!session) {
    response.status(404).send(notice(frame, { title: words.missingTitle, text: words.missingText }, null));
    return;
  }
  if (session.status === 'complete') {
    const way = { label: words.completeAction, href: successUrl(session) };
    const isAwaited = session.payment_status === 'unpaid';
    response.send(notice(frame, isAwaited ? { title: words.awaitedTitle, text: words.awaitedText } : { title: words.completeTitle, text: words.completeText }, way));
    return;
  }
  const way = session.cancel_url === null ? null : { label: words.back, href: session.cancel_url };
  response.status(410).send(notice(frame, { title: words.expiredTitle, text: words.expiredText }, way));
}

function successUrl({ id, success_url: url }: StoredSession): string {
  return (url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', id);
}

/** The address which the session's creator has set, by itself or by the customer; the payer cannot change it. */
function fixedEmail(store: Store, session: StoredSession): string | null {
  return session.customer_email ?? store.get('customer', session.customer ?? '')?.email ?? null;
}

const sessionOf = (store: Store, request: Request): StoredSession | undefined => store.get('checkout.session', idOf(request));
