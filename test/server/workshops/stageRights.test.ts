import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Workshop } from '../../../server/models/workshop.js';
import { stageChannel } from '../../../server/realtime/channels.js';
import type { StageNews } from '../../../server/media/stages.js';
import { stage, type StageView } from '../../../shared/contracts/live/stage.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { noVideo } from '../../support/noVideo.js';
import { dataOf, endTicket, publish, ticketHolder } from './aWorkshop.js';

const transport = { id: 't', iceParameters: {}, iceCandidates: [], dtlsParameters: {} };
const opened: StageView = { epoch: 1, routerRtpCapabilities: {}, receive: transport, send: null, ice: { servers: [], expiresAt: null }, tracks: [], speakingTrackId: null };

/** What the verbs ask of the stage, seen from the stage: real media is tested elsewhere. */
describe('the stage and rights', () => {
  let house: House;
  let tell: (news: StageNews) => void;
  /** What happens in the moment a stage is opening its transports for somebody. */
  let meanwhile: () => Promise<void>;
  const joined: { connectionId: string; mayPresent: boolean }[] = [];
  const left: string[] = [];
  beforeAll(async () => {
    house = await openHouse({
      stages: (_outside, onNews) => {
        tell = onNews;
        return {
          ...noVideo,
          async join(_workshopId, guest, mayPresent) {
            joined.push({ connectionId: guest.connectionId, mayPresent });
            await meanwhile();
            return opened;
          },
          leave(_workshopId, connectionId) {
            left.push(connectionId);
            return Promise.resolve();
          },
        };
      },
    });
  });
  afterAll(() => house.close());
  beforeEach(() => {
    meanwhile = () => Promise.resolve();
    joined.length = 0;
    left.length = 0;
  });
  const onStage = (workshopId: string): string[] => [...(house.app.io.sockets.adapter.rooms.get(stageChannel(workshopId)) ?? [])];

  it('lets hosts present and others listen, and tells its news to those on it alone; that it was rebuilt the lobby hears too', async () => {
    const { workshop, host } = await publish(house);
    const input = { workshopId: workshop.id };
    const [listener, inside] = [await ticketHolder(house, workshop.id), await ticketHolder(house, workshop.id)];
    dataOf(await inside.call(workshops.enter, input));
    dataOf(await host.call(stage.join, input));
    // A rehearsal: nobody else hears of it, but whoever waits for it must know that it stands elsewhere.
    tell({ kind: 'trackRemoved', workshopId: workshop.id, epoch: 1, trackId: 'rehearsed' });
    tell({ kind: 'reset', workshopId: workshop.id, epoch: 2 });
    dataOf(await host.call(workshops.goLive, input));
    expect(dataOf(await listener.call(stage.join, input))).toEqual(opened);
    tell({ kind: 'trackRemoved', workshopId: workshop.id, epoch: 3, trackId: 'seen' });
    tell({ kind: 'reset', workshopId: workshop.id, epoch: 3 });

    expect(joined).toEqual([{ connectionId: host.socket.id, mayPresent: true }, { connectionId: listener.socket.id, mayPresent: false }]);
    const heardBy = async (guest: Guest) => (await guest.heard(stage.trackRemoved)).map(({ trackId }) => trackId);
    expect([await heardBy(host), await heardBy(listener), await heardBy(inside)]).toEqual([['rehearsed', 'seen'], ['seen'], []]);
    for (const guest of [host, inside]) expect((await guest.heard(stage.reset)).map((news) => news.epoch)).toEqual([2, 3]);
    expect((await listener.heard(stage.reset)).map((news) => news.epoch)).toEqual([3]);

    dataOf(await listener.call(stage.leave, input));
    tell({ kind: 'trackRemoved', workshopId: workshop.id, epoch: 4, trackId: 'missed' });
    expect(await heardBy(listener)).toEqual(['seen']);
    expect(await heardBy(host)).toContain('missed');
    expect(left).toEqual([listener.socket.id]);
  });

  it('keeps nobody whose right, or whose workshop, ended while the transports were opened', async () => {
    const { workshop, host } = await publish(house);
    const input = { workshopId: workshop.id };
    const [refunded, late] = [await ticketHolder(house, workshop.id), await ticketHolder(house, workshop.id)];
    dataOf(await host.call(workshops.goLive, input));
    meanwhile = () => endTicket(house, refunded, workshop.id);
    // The judge on this node finds the connection inside; the stage has its transports only after.
    expect(await refunded.call(stage.join, input)).toEqual({ ok: false, failure: { code: 'workshop.not_found', data: {} } });
    expect(left.filter((id) => id === refunded.socket.id).length).toBeGreaterThan(1);

    meanwhile = async () => {
      await Workshop.updateOne({ _id: workshop.id }, { $set: { state: 'ended', endedAt: new Date() } });
    };
    expect(await late.call(stage.join, input)).toEqual({ ok: false, failure: { code: 'workshop.wrong_state', data: { state: 'ended' } } });
    expect(left).toContain(late.socket.id);
    expect(onStage(workshop.id)).toEqual([]);
  });

  it('is left with the workshop, with the right, and with the connection', async () => {
    const { workshop, host } = await publish(house);
    const input = { workshopId: workshop.id };
    const guests = [await ticketHolder(house, workshop.id), await ticketHolder(house, workshop.id), await ticketHolder(house, workshop.id)] as const;
    dataOf(await host.call(workshops.goLive, input));
    for (const guest of guests) dataOf(await guest.call(stage.join, input));
    const [leaver, refunded, lost] = guests;
    const lostId = lost.socket.id;
    dataOf(await leaver.call(workshops.leave, input));
    await endTicket(house, refunded, workshop.id);
    lost.close();
    await expect.poll(() => new Set(left)).toEqual(new Set([leaver.socket.id, refunded.socket.id, lostId]));
    expect(onStage(workshop.id)).toEqual([]);
  });
});
