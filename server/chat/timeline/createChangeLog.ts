import { Types } from 'mongoose';
import { messages as contract, type MessageView } from '../../../shared/contracts/messages.js';
import { viewMessages, viewOneMessage } from '../../access/messageViews.js';
import type { Deps } from '../../deps.js';
import { Change, type ChangeDocument } from '../../models/messages/change.js';
import type { MessageDocument } from '../../models/messages/message.js';
import { findUnlogged, markLogged } from '../../models/messages/messageChanges.js';
import { roomChannel } from '../../realtime/channels.js';
import { GaplessQueue, GaplessQueues, type Entry, type Shelf } from './gaplessQueue.js';
import { refreshThread } from './refreshThread.js';
import type { ChangeLog } from './timeline.js';

/** A change on its way into the log, with the message as it made it; `show` takes the view that was told. */
interface Line extends Entry<ChangeDocument> {
  message: MessageDocument;
  show(view: MessageView): void;
}

type Outside = Pick<Deps, 'publish' | 'now' | 'log'>;

/** A change that is longer on its way than this is taken for cut off. It may only be slow: it is then told twice, which is harmless. */
const cutOffAfterMs = 2_000;
/** How many cut-off changes are repaired at a time. */
const repairMax = 100;

/** The logs of all rooms, as far as this node writes them: one queue a room. */
export function createChangeLog(deps: Outside): ChangeLog {
  const marking = new Set<Promise<void>>();
  let repairing: Promise<void> | null = null;
  /** Nobody waits for it: a message that is not marked is logged again. */
  const mark = (logged: readonly MessageDocument[]): void => {
    const work = markLogged(logged).catch((error: unknown) => deps.log.debug({ err: error }, 'changes could not be marked as logged'));
    marking.add(work);
    void work.finally(() => marking.delete(work));
  };
  const queues = new GaplessQueues<ChangeDocument, Line>((roomId) => new GaplessQueue(changeShelf(roomId), (news) => tellChanged(deps, roomId, news, mark), deps.log));

  const log: ChangeLog = {
    async record(message) {
      // Before the reply is marked as logged, so that its own mark stands for both.
      if (message.threadId && message.deleted) await refreshThread({ ...deps, changes: log }, message.threadId);
      let told: MessageView | null = null;
      const document = { _id: new Types.ObjectId(), roomId: message.roomId, rev: 0, messageId: message._id };
      await queues.of(String(message.roomId)).add({ document, message, show: (view) => void (told = view) });
      return told ?? viewOneMessage(message);
    },
    repair() {
      // Whoever comes while it is repaired waits with the others.
      repairing ??= repairAll(deps, log)
        .then(async () => void (await Promise.all(marking)))
        .finally(() => {
          repairing = null;
        });
      return repairing;
    },
    async drain() {
      await queues.idle();
      await Promise.all(marking);
    },
  };
  return log;
}

async function repairAll({ now }: Outside, log: ChangeLog): Promise<void> {
  const cutOff = await findUnlogged(new Date(now().getTime() - cutOffAfterMs), repairMax);
  await Promise.all(cutOff.map((message) => log.record(message)));
}

const changeShelf = (roomId: string): Shelf<ChangeDocument> => ({
  newest: () => Change.newestRev(roomId),
  numberOf: ({ rev }) => rev,
  number(change, to) {
    change.rev = to;
  },
  keyOf: ({ _id }) => String(_id),
  storeInOrder: (changes) => Change.storeInOrder(changes),
  findStanding: (changes) => Change.findStanding(changes),
});

/** Tells the room what its messages are now, each once: the latest of what was made of it. */
async function tellChanged(deps: Outside, roomId: string, news: readonly Line[], mark: (logged: MessageDocument[]) => void): Promise<void> {
  const latest = new Map<string, MessageDocument>();
  for (const { message } of news) {
    const known = latest.get(String(message._id));
    if ((known?.version ?? -1) < (message.version ?? 0)) latest.set(String(message._id), message);
  }
  const logged = [...latest.values()];
  const views = new Map((await viewMessages(logged)).map((view) => [view.id, view]));
  for (const run of runsOf(news)) {
    const ids = new Set(run.map(({ message }) => String(message._id)));
    const [first, last] = [run[0] as Line, run.at(-1) as Line];
    deps.publish(roomChannel(roomId), contract.changed, { roomId, firstRev: first.document.rev, rev: last.document.rev, messages: [...ids].flatMap((id) => views.get(id) ?? []) });
  }
  for (const { message, show } of news) {
    const view = views.get(String(message._id));
    if (view) show(view);
  }
  mark(logged);
}

/** Splits what was logged where another node's line is in between: a push may only speak for what it tells. */
function runsOf(news: readonly Line[]): Line[][] {
  const runs: Line[][] = [];
  for (const line of news) {
    const run = runs.at(-1);
    if (run?.at(-1)?.document.rev === line.document.rev - 1) run.push(line);
    else runs.push([line]);
  }
  return runs;
}
