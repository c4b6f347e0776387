/** The one test that every verb which changes something goes through. */
import { expect, it } from 'vitest';
import type { Call, Push } from '../../../shared/define.js';
import type { Reply } from '../../../shared/failures.js';
import type { House } from '../../support/house.js';
import { watch, type Sight } from './watch.js';

/** A call, and what is to be told of it. */
export interface Action<Scene> {
  call: Call;
  does: string;
  act(scene: Scene): Promise<Reply<unknown>>;
  /** What must be told: without any one of them somebody holds what is not so. */
  tells: Push[];
}

/** Where an action happens, each time anew, and before whose eyes. */
export interface Stand<Scene> extends Pick<Sight, 'watchers' | 'keepers'> {
  house: House;
  scene: Scene;
}

/** For each action: what was held and what was told is what is so; and no longer where one of its pushes is forgotten. */
export function verifyEach<Scene>(actions: readonly Action<Scene>[], stand: () => Promise<Stand<Scene>>): void {
  for (const { call, does, act, tells } of actions) {
    it(`${call.name}: when ${does}, what was held and what was told is what is so`, async () => {
      const { house, scene, ...sight } = await stand();
      const { before, held, fresh } = await watch(house, { ...sight, tells, happen: () => act(scene) });
      expect(held).toEqual(fresh);
      expect(fresh).not.toEqual(before);
    });

    for (const push of tells) {
      it(`${call.name}: when ${does}, and ${push.name} is forgotten, somebody holds what is not so`, async () => {
        const { house, scene, ...sight } = await stand();
        const { held, fresh } = await watch(house, { ...sight, tells, forgets: push, happen: () => act(scene) });
        expect(held).not.toEqual(fresh);
      });
    }
  }
}
