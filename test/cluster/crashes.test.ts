/** What was acknowledged is there after the worst: the server, its store, or both are killed with -9. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chat } from '../../shared/contracts/chat.js';
import { questions } from '../../shared/contracts/live/questions.js';
import { members } from '../../shared/contracts/members.js';
import { ledger } from '../../shared/contracts/money/ledger.js';
import { tickets } from '../../shared/contracts/tickets.js';
import { cancelling } from '../../shared/contracts/tickets/cancelling.js';
import { workshops, type WorkshopView } from '../../shared/contracts/workshops.js';
import { workshopForm } from '../server/workshops/aWorkshop.js';
import { enter, openLiveHouse, openRoom, storePid, timeline, type LiveHouse, type Resident } from './liveHouse.js';

let folder: string;
let house: LiveHouse;
let member: Resident;
let roomId: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-crash-'));
  house = await openLiveHouse(folder);
  member = await enter(house, 'member@rivet.example');
  roomId = await openRoom(member);
});
afterEach(async () => {
  member.socket.disconnect();
  await house.stop();
  await rm(folder, { recursive: true, force: true });
});

async function workshopThat(fits: (workshop: WorkshopView) => boolean): Promise<WorkshopView> {
  const found = (await member.ask(workshops.list, {})).find(fits);
  if (!found) throw new Error('the demo has a free workshop and one with a price');
  return found;
}

const isFree = ({ price }: WorkshopView): boolean => price.amount === 0;
const orderSeat = (workshopId: string) => member.ask(tickets.startCheckout, { clientOrderId: randomUUID(), product: { kind: 'seat', workshopId } });

/** A workshop that two have paid for and the organizer cancels: its refunds are just beginning when this resolves. */
async function sellAndCancel(): Promise<string> {
  const [organizer, supporter] = [await enter(house, 'organizer@rivet.example'), await enter(house, 'supporter@rivet.example')];
  const host = (await organizer.ask(members.people, {})).find(({ role }) => role === 'host');
  const { id: workshopId } = await organizer.ask(workshops.publish, workshopForm([host?.id ?? '']));
  for (const buyer of [member, supporter]) {
    const order = await buyer.ask(tickets.startCheckout, { clientOrderId: randomUUID(), product: { kind: 'seat', workshopId } });
    const page = (order.checkoutUrl ?? '').replace('localhost', '127.0.0.1');
    await fetch(`${page}/pay`, { method: 'POST', redirect: 'manual', headers: { origin: new URL(page).origin, 'content-type': 'application/x-www-form-urlencoded' } });
    expect(await buyer.ask(tickets.order, { orderId: order.id })).toMatchObject({ state: 'paid' });
  }
  await organizer.ask(cancelling.cancel, { workshopId, reason: 'The host is ill' });
  for (const { socket } of [organizer, supporter]) socket.disconnect();
  return workshopId;
}

/** What was cut off is brought to its end by itself: each gets the whole price back, once. */
async function everybodyIsPaidBack(workshopId: string): Promise<void> {
  const organizer = await enter(house, 'organizer@rivet.example');
  await expect.poll(async () => (await organizer.ask(cancelling.show, { workshopId })).doneAt).not.toBeNull();
  expect(await organizer.ask(cancelling.show, { workshopId })).toMatchObject({ total: 2, refunded: 2, stuck: [], returned: { amount: 3600 } });
  const sales = await organizer.ask(tickets.sales, { workshopId });
  expect(sales.map(({ state, gross, refunded }) => [state, gross, refunded])).toEqual([['refunded', 1800, 1800], ['refunded', 1800, 1800]]);
  const ids = new Set(sales.map(({ orderId }) => orderId));
  expect((await organizer.ask(ledger.lines, { workshopId, kind: 'refund' })).lines.filter(({ orderId }) => ids.has(orderId ?? ''))).toHaveLength(2);
  organizer.socket.disconnect();
}

describe('kill -9', () => {
  it.each([
    ['of the server', (pid: number) => process.kill(pid, 'SIGKILL')],
    ['of the server and its store at once', (pid: number) => process.kill(-pid, 'SIGKILL')],
  ])('%s, right after the acknowledgements: message, question, ticket and held seat are all there', async (_whose, kill) => {
    const [free, priced] = [await workshopThat(isFree), await workshopThat((workshop) => !isFree(workshop))];
    const ticket = await orderSeat(free.id);
    await member.call(workshops.enter, { workshopId: free.id });
    const [message, question, held] = await Promise.all([
      member.call(chat.send, { roomId, clientMessageId: randomUUID(), text: 'Is this kept?' }),
      member.call(questions.ask, { workshopId: free.id, clientQuestionId: randomUUID(), text: 'And this?' }),
      orderSeat(priced.id),
    ]);
    const cancelled = await sellAndCancel();
    kill(house.pid);
    await house.ended;

    house = await openLiveHouse(folder, { PORT: new URL(house.url).port });
    member = await enter(house, 'member@rivet.example');
    expect((await timeline(member, roomId)).filter(({ id }) => id === message.id)).toEqual([message]);
    await member.call(workshops.enter, { workshopId: free.id });
    expect((await member.call(questions.list, { workshopId: free.id })).questions).toEqual([question]);
    const orders = (await member.ask(tickets.mine, {})).filter(({ workshopId }) => workshopId !== cancelled);
    expect(orders.toSorted((one, other) => one.price.amount - other.price.amount)).toEqual([ticket, held]);
    expect([ticket.state, held.state]).toEqual(['paid', 'open']);
    expect((await workshopThat(({ id }) => id === priced.id)).seatsLeft).toBe(priced.seatsLeft - 1);
    const checkout = await fetch((held.checkoutUrl ?? '').replace('localhost', '127.0.0.1'));
    expect([checkout.status, await checkout.text()]).toEqual([200, expect.stringContaining(`Pay €${priced.price.amount / 100}.00`)]);
    await everybodyIsPaidBack(cancelled);
  });

  it('of the store alone: it is started anew, the server goes on, and nothing acknowledged is missing', async () => {
    const said = new Map<string, number>();
    /** As a client does: again under the same name until it is answered. */
    const say = async (text: string): Promise<void> => {
      const clientMessageId = randomUUID();
      for (;;) {
        const sent = await member.call(chat.send, { roomId, clientMessageId, text }).catch(() => null);
        if (!sent) continue;
        said.set(text, sent.seq);
        return;
      }
    };
    await say('before');
    const killed = storePid(house);
    process.kill(killed, 'SIGKILL');
    for (const text of ['while it is away', 'after it is back']) await say(text);
    expect(storePid(house)).not.toBe(killed);
    const stored = (await timeline(member, roomId)).filter(({ text }) => said.has(text));
    expect(stored.map(({ text, seq }) => [text, seq])).toEqual([...said]);
    expect(await (await fetch(`${house.url}/readyz`)).json()).toMatchObject({ ready: true, store: 'up' });
    expect(await house.stop()).toBe(0);
  });
});
