/** Lets something happen between watchers who know what was, and compares what they make of what they are told with what is so. */
import type { Push } from '../../../shared/define.js';
import { chat } from '../../../shared/contracts/chat.js';
import type { Reply } from '../../../shared/failures.js';
import type { Guest } from '../../support/guest.js';
import type { House } from '../../support/house.js';
import { dataOf } from '../members/browser.js';
import type { Heard, Keeper } from './clientModel.js';

/** What happens, and before whose eyes. */
export interface Sight {
  watchers: readonly Guest[];
  keepers: readonly Keeper[];
  happen(): Promise<Reply<unknown>>;
  /** What must be told of it. */
  tells: readonly Push[];
  /** The one among those that the house does not tell. */
  forgets?: Push;
}

/** Everything a watcher holds: by who watches, then by what is kept. */
type Held = unknown[][];

/** Answers what the watchers held before it happened, what they hold afterwards, and what is so. */
export async function watch(house: House, { watchers, keepers, happen, tells, forgets }: Sight): Promise<{ before: Held; held: Held; fresh: Held }> {
  const fetchAll = (): Promise<Held> => Promise.all(watchers.map((guest) => Promise.all(keepers.map((keeper) => keeper.fetch(guest)))));
  const before = await fetchAll();
  const ears = watchers.map((guest) => record(guest));
  const forgetting = forgets && forget(house, forgets);
  try {
    dataOf(await happen());
    await forgetting?.forgotten;
    await Promise.all(tells.filter((push) => push !== forgets).map((push) => Promise.race(ears.map((ear) => ear.hears(push)))));
    const pushes = await Promise.all(ears.map((ear) => ear.stop()));
    const held = await Promise.all(
      before.map((states, place) => Promise.all(states.map((state, part) => hold(keepers[part], watchers[place], state, pushes[place] ?? [])))),
    );
    return { before, held, fresh: await fetchAll() };
  } finally {
    forgetting?.end();
  }
}

/** What a watcher makes of one part of what they held, and of what they were told. */
async function hold(keeper: Keeper | undefined, guest: Guest | undefined, state: unknown, pushes: readonly Heard[]): Promise<unknown> {
  const told = pushes.reduce((now, push) => keeper?.hear(now, push), state);
  return keeper?.settle && guest ? keeper.settle(guest, told) : told;
}

/** Takes down what a guest is pushed. */
function record(guest: Guest) {
  const heard: Heard[] = [];
  const hear = (name: string, data: unknown): void => void heard.push({ name, data });
  guest.socket.onAny(hear);
  return {
    hears: ({ name }: Push): Promise<void> =>
      new Promise((resolve) => {
        if (heard.some((push) => push.name === name)) resolve();
        else guest.socket.once(name, () => resolve());
      }),
    /** Answers everything, up to a fence after all that was told before. */
    async stop(): Promise<Heard[]> {
      await guest.heard(chat.posted);
      guest.socket.offAny(hear);
      return heard;
    },
  };
}

/** The house forgets to tell one push, until the end. */
function forget(house: House, push: Push): { forgotten: Promise<void>; end(): void } {
  const { adapter } = house.app.io.sockets;
  const { broadcast } = adapter;
  const forgotten = new Promise<void>((resolve) => {
    adapter.broadcast = (packet, options) => {
      if ((packet.data as unknown[])[0] === push.name) resolve();
      else broadcast.call(adapter, packet, options);
    };
  });
  return { forgotten, end: () => void (adapter.broadcast = broadcast) };
}
