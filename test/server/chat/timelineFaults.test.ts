/** What becomes of messages when the store fails: nothing told that does not stand, nothing that stands untold, nothing twice. */
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SendMessage } from '../../../shared/contracts/chat.js';
import type { MessageView } from '../../../shared/contracts/messages.js';
import type { PersonView } from '../../../shared/contracts/members.js';
import type { FailureCode } from '../../../shared/failures.js';
import { AppError } from '../../../shared/failures.js';
import { createTimeline } from '../../../server/chat/timeline/createTimeline.js';
import { createChangeLog } from '../../../server/chat/timeline/createChangeLog.js';
import type { Timeline } from '../../../server/chat/timeline/timeline.js';
import { Message } from '../../../server/models/messages/message.js';
import { createBus, loneWire } from '../../../server/platform/bus.js';
import { createLogger } from '../../../server/platform/logger.js';
import { testStore } from '../../support/testStore.js';
import { say } from './chatHouse.js';
import { openFlakyLink, type FlakyLink } from './flakyLink.js';

const roomId = 'a'.repeat(24);
const alice: PersonView = { id: 'b'.repeat(24), name: 'Alice', role: 'member' };

let link: FlakyLink;
let timeline: Timeline;
let told: MessageView[];

beforeEach(async () => {
  link = await openFlakyLink(await testStore(`timeline_${randomUUID().replaceAll('-', '')}`));
  // Impatient, so that a store that is away is given up soon.
  mongoose.set('strictQuery', 'throw').set('bufferTimeoutMS', 2_000);
  await mongoose.connect(link.uri, { autoIndex: false, serverSelectionTimeoutMS: 2_000, heartbeatFrequencyMS: 500 });
  await Message.createIndexes();
  told = [];
  const tellHere = (_channel: unknown, _push: unknown, data: unknown): number => told.push(...(data as { messages: MessageView[] }).messages);
  const log = createLogger('silent');
  const outside = { publish() {}, now: () => new Date(), log, bus: createBus(loneWire(), log) };
  timeline = createTimeline({ ...outside, tellHere, changes: createChangeLog(outside), bells: { posted() {}, changed() {}, close() {} }, onPosted() {} });
});
afterEach(async () => {
  link.mend();
  await timeline.drain();
  await mongoose.disconnect();
  await link.close();
});

const post = (message: SendMessage): Promise<MessageView> => timeline.post({ author: alice, input: message });

/** Posts until it is taken, as a client does. */
async function postAgain(message: SendMessage): Promise<MessageView> {
  for (;;) {
    try {
      return await post(message);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'server.busy') throw error;
    }
  }
}

const failureOf = (posting: Promise<MessageView>): Promise<FailureCode | 'none'> =>
  posting.then(
    () => 'none' as const,
    (error: unknown) => (error as AppError).code,
  );

const seqsStored = async (): Promise<number[]> => (await Message.find({ roomId }).sort({ seq: 1 }).lean()).map(({ seq }) => seq);
const seqsTold = (): number[] => told.map(({ seq }) => seq);

describe('a timeline whose store fails', () => {
  it('answers and tells once what was stored although the store’s answer was lost', async () => {
    await post(say(roomId, 'First'));
    link.loseNextAnswer();
    const message = say(roomId, 'Second');
    expect(await post(message)).toMatchObject({ seq: 2, text: 'Second' });
    expect(await post(say(roomId, 'Third'))).toMatchObject({ seq: 3 });
    expect(await seqsStored()).toEqual([1, 2, 3]);
    expect(seqsTold()).toEqual([1, 2, 3]);
  });

  it('refuses while the store is away, and stores and tells nothing', async () => {
    await post(say(roomId, 'First'));
    link.cut();
    const messages = [say(roomId, 'Second'), say(roomId, 'Third')];
    expect(await Promise.all(messages.map((message) => failureOf(post(message))))).toEqual(['server.busy', 'server.busy']);
    expect(seqsTold()).toEqual([1]);

    link.mend();
    for (const message of messages) await postAgain(message);
    expect(await seqsStored()).toEqual([1, 2, 3]);
    expect(seqsTold()).toEqual([1, 2, 3]);
  });

  it('tells a message that was stored unseen when its sender comes again', async () => {
    await post(say(roomId, 'First'));
    link.loseNextAnswerAndStay();
    const message = say(roomId, 'Second');
    expect(await failureOf(post(message))).toBe('server.busy');
    expect(seqsTold()).toEqual([1]);

    link.mend();
    const answered = await postAgain(message);
    expect(answered).toMatchObject({ seq: 2, text: 'Second' });
    expect(await post(message)).toEqual(answered);
    expect(await seqsStored()).toEqual([1, 2]);
    expect(seqsTold()).toEqual([1, 2]);
  });

  it('tells once what comes several times at once', async () => {
    const message = say(roomId, 'Second');
    // The first is on its way while the others gather, all of them for one batch.
    const [, ...answers] = await Promise.all([say(roomId, 'First'), message, message, say(roomId, 'Third'), message].map(post));
    expect(answers.map(({ seq }) => seq)).toEqual([2, 2, 3, 2]);
    expect(await seqsStored()).toEqual([1, 2, 3]);
    expect(seqsTold()).toEqual([1, 2, 3]);
  });

  it('refuses what is too much at once, and keeps the rest without a gap', async () => {
    const results = await Promise.all(Array.from({ length: 1_100 }, (_none, index) => failureOf(post(say(roomId, `Message ${index}`)))));
    const taken = results.filter((result) => result === 'none').length;
    expect(results.filter((result) => result === 'server.busy')).toHaveLength(1_100 - taken);
    expect(taken).toBe(1_001);
    const all = Array.from({ length: taken }, (_none, index) => index + 1);
    expect(await seqsStored()).toEqual(all);
    expect(seqsTold()).toEqual(all);
  });

  it('waits in drain until all that was taken is told', async () => {
    const posts = Array.from({ length: 200 }, (_none, index) => post(say(roomId, `Message ${index}`)));
    await timeline.drain();
    expect(seqsTold()).toHaveLength(200);
    await Promise.all(posts);
  });
});
