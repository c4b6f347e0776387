/**
 * The console, as a router for the host app to mount at the same place as the pages. It judges nobody: the host lets only
 * those through who may play Stripe, and keeps forms of other sites away.
 */
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { ApiFault, noSuchObject } from '../../api/apiFault.js';
import { startAdvance } from '../../clocks/advanceClock.js';
import { beginTurn } from '../../turn.js';
import type { Webhooks } from '../../webhooks/postOffice.js';
import type { PageHouse } from '../createPages.js';
import type { Frame } from '../frame.js';
import { html } from '../html.js';
import { fieldIn, protect } from '../protect.js';
import { consoleLanguages } from './consoleWords.js';
import { eventsPart } from './eventsPart.js';
import { faultsPart, readFaults } from './faultsPart.js';
import { readEvents, type Console, type ConsoleOutcome } from './readConsole.js';
import { clockPart, consoleDocument, isStep, steps, testClocksPart } from './timePart.js';

/** What the console needs from the sandbox around it. */
export interface ConsoleHouse extends PageHouse {
  webhooks: Pick<Webhooks, 'redeliver'>;
  advanceClock(ms: number): Promise<void>;
}

type Act = (house: ConsoleHouse, request: Request) => Promise<ConsoleOutcome>;

/** Each act under the name that its form posts to, with the part of the page to which it leads back. */
const acts: { readonly [name: string]: { part: string; run: Act } } = {
  clock: { part: 'time', run: setClock },
  faults: { part: 'faults', run: (house, request) => setFaults(house, request) },
  mend: {
    part: 'faults',
    run: ({ faults }) => {
      faults.clear();
      return Promise.resolve('mended');
    },
  },
  replay: { part: 'events', run: replay },
  'test-clock': { part: 'test-clocks', run: setTestClock },
};

/** The page and what can be done on it. */
export function createConsole(house: ConsoleHouse): Router {
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: '10kb', parameterLimit: 20 });
  router.use('/console', async (_request: Request, _response: Response, next: NextFunction) => {
    await house.catchUp();
    next();
  });
  router.get('/console', (request: Request, response: Response) => showConsole(house, request, response));
  for (const [name, { part, run }] of Object.entries(acts))
    router.post(`/console/${name}`, form, async (request: Request, response: Response) => {
      const outcome = await run(house, request);
      house.wrote();
      protect(response, null);
      response.redirect(303, `${request.baseUrl}/console?outcome=${outcome}#${part}`);
    });
  return router;
}

function showConsole(house: ConsoleHouse, request: Request, response: Response): void {
  const asked = new URL(request.url, 'http://sandbox').searchParams;
  const frame: Frame = { base: request.baseUrl, language: request.acceptsLanguages('en', 'zh') === 'zh' ? 'zh-CN' : 'en', hasConsole: true };
  const words = consoleLanguages[frame.language];
  const outcome = Object.keys(words.outcomes).find((name): name is ConsoleOutcome => name === asked.get('outcome')) ?? null;
  const shown: Console = {
    now: house.now().getTime(),
    aheadMs: house.aheadMs(),
    faults: house.faults.plan,
    testClocks: [...house.store.walk('test_helpers.test_clock', {})],
    ...readEvents(house.store, asked.get('before') ?? ''),
    outcome,
  };
  const isBad = outcome === 'refused' || outcome === 'unanswered';
  const body = html`<main class="portal console">
<a class="away" href="/">${words.back}</a>
<h1>${words.title}</h1>
<p>${words.intro}</p>
<nav aria-label="${words.parts}"><a href="#time">${words.clock.title}</a> <a href="#faults">${words.faults.title}</a> <a href="#events">${words.events.title}</a></nav>
${outcome && html`<p class="${isBad ? 'alert' : 'done'}" role="${isBad ? 'alert' : 'status'}">${words.outcomes[outcome]}</p>`}
${clockPart(frame, shown)}
${testClocksPart(frame, shown)}
${faultsPart(frame, shown.faults)}
${eventsPart(frame, shown)}
</main>`;
  protect(response, null);
  response.type('html').send(consoleDocument(frame, body));
}

async function setClock(house: ConsoleHouse, request: Request): Promise<ConsoleOutcome> {
  const step = fieldIn(request, 'step');
  if (!isStep(step)) return 'refused';
  await house.advanceClock(steps[step]);
  return 'advanced';
}

async function setTestClock(house: ConsoleHouse, request: Request): Promise<ConsoleOutcome> {
  const [id, step] = [fieldIn(request, 'clock'), fieldIn(request, 'step')];
  if (!isStep(step)) return 'refused';
  try {
    await house.store.write((draft) => {
      const clock = draft.get('test_helpers.test_clock', id);
      if (!clock) throw noSuchObject('test clock', id);
      startAdvance(beginTurn(house, draft), clock, clock.frozen_time + steps[step] / 1000);
    });
  } catch (error) {
    if (error instanceof ApiFault) return 'refused';
    throw error;
  }
  await house.catchUp();
  return 'advanced';
}

function setFaults({ faults }: ConsoleHouse, request: Request): Promise<ConsoleOutcome> {
  faults.set(readFaults((name) => fieldIn(request, name)));
  return Promise.resolve('set');
}

async function replay({ webhooks }: ConsoleHouse, request: Request): Promise<ConsoleOutcome> {
  const status = await webhooks.redeliver(fieldIn(request, 'event'));
  return status !== null && status >= 200 && status < 300 ? 'answered' : 'unanswered';
}
