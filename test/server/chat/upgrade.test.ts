/** A store that an older house has written: its messages know nothing of threads and changes, and its index would refuse a thread's first message. */
import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { viewOneMessage } from '../../../server/access/messageViews.js';
import { Message } from '../../../server/models/messages/message.js';
import { takeAway } from '../../../server/models/messages/messageChanges.js';
import { createLogger } from '../../../server/platform/logger.js';
import { connectMongo } from '../../../server/platform/mongo.js';
import { testStore } from '../../support/testStore.js';

it('is read as it stands, and its index goes', async () => {
  const uri = await testStore('older');
  const older = await mongoose.createConnection(uri).asPromise();
  const roomId = new mongoose.Types.ObjectId();
  const message = { roomId, seq: 1, authorId: roomId, clientMessageId: 'a', text: 'Hello', sentAt: new Date(0) };
  await older.collection('messages').createIndex({ roomId: 1, seq: 1 }, { unique: true });
  await older.collection('messages').createIndex({ text: 1 }, { name: 'made_by_hand' });
  await older.collection('messages').insertOne({ ...message });
  await older.close();

  for (const start of ['first', 'second']) {
    const store = await connectMongo(uri, createLogger('silent'));
    const names = (await Message.listIndexes()).map(({ name }) => name);
    expect(names, start).toEqual(expect.arrayContaining(['roomId_1_threadId_1_seq_1', 'made_by_hand']));
    expect(names, start).not.toContain('roomId_1_seq_1');
    await store.close();
  }

  const store = await connectMongo(uri, createLogger('silent'));
  const timeline = { roomId: String(roomId), threadId: null };
  const { messages } = await Message.page(timeline, { limit: 10 });
  expect(messages).toMatchObject([{ text: 'Hello', seq: 1 }]);
  const [root] = messages;
  if (!root) throw new Error('there is a message');
  expect(await viewOneMessage(root)).toMatchObject({ version: 0, threadId: null, reactions: [], deleted: null, thread: null });
  await Message.storeInOrder([{ ...message, _id: new mongoose.Types.ObjectId(), threadId: root._id, clientMessageId: 'b' }]);
  expect(await Message.newestSeq({ ...timeline, threadId: String(root._id) })).toBe(1);
  expect(await takeAway(root, 'author', new Date())).toMatchObject({ text: '', version: 1 });
  await store.close();
});
