/** The house in which tests sell: on two nodes or one, with a clock that can be set forward. */
import { openHouse, openTwoNodes, type House } from '../../support/house.js';
import type { Guest } from '../../support/guest.js';
import { publish, type FormChanges } from '../workshops/aWorkshop.js';

/** A workshop on sale, its organizer, and a member who may buy. */
export interface OnSale {
  workshopId: string;
  organizer: Guest;
  buyer: Guest;
}

export interface Sale {
  house: House;
  /** The node on which buyers are; the same as `house` where that is alone. */
  node: House;
  /** The machine's time, as far as it has been set forward. */
  now(): Date;
  setForward(ms: number): void;
  putOnSale(changes?: FormChanges): Promise<OnSale>;
  close(): Promise<void>;
}

/** Whoever opens it closes it. */
export async function openSale({ isAlone = false } = {}): Promise<Sale> {
  let passedMs = 0;
  const now = (): Date => new Date(Date.now() + passedMs);
  const { house, node, close } = isAlone ? await openAlone(now) : await openTwoNodes({ now });
  return {
    house,
    node,
    now,
    setForward(ms) {
      passedMs += ms;
    },
    async putOnSale(changes) {
      const { workshop, organizer } = await publish(house, changes);
      return { workshopId: workshop.id, organizer, buyer: await node.guest() };
    },
    close,
  };
}

async function openAlone(now: () => Date): Promise<Pick<Sale, 'house' | 'node' | 'close'>> {
  const house = await openHouse({ now });
  return { house, node: house, close: () => house.close() };
}
