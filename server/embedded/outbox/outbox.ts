/** An outbox instead of a mail server: mails are kept in a file, a line of JSON each, for the organizer to read. */
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { OutboxMail } from '../../../shared/contracts/community.js';
import type { Mail } from '../../platform/mail.js';

/** Older mails make room beyond this many. */
const keepAtMost = 500;

/** @param dataDir - the outbox keeps `outbox.jsonl` in it. */
export async function createOutbox(dataDir: string, now: () => Date): Promise<Mail> {
  const file = path.join(dataDir, 'outbox.jsonl');
  await mkdir(dataDir, { recursive: true });
  const mails = await readKept(file);
  await writeFile(file, mails.map(lineOf).join(''));
  let writing = Promise.resolve();

  return {
    send(letter) {
      const mail: OutboxMail = { id: randomUUID(), attachments: [], ...letter, sentAt: now().toISOString() };
      const sending = writing.then(async () => {
        // A letter that is sent once more under its name is here already.
        if (mails.some(({ id }) => id === mail.id)) return;
        await appendFile(file, lineOf(mail));
        mails.push(mail);
        if (mails.length > keepAtMost) mails.shift();
      });
      // One letter that could not be written must not keep back those after it.
      writing = sending.catch(() => undefined);
      return sending;
    },
    kept: () => Promise.resolve(mails.toReversed()),
    close: () => writing,
  };
}

const lineOf = (mail: OutboxMail): string => `${JSON.stringify(mail)}\n`;

async function readKept(file: string): Promise<OutboxMail[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const mails = text.split('\n').flatMap((line) => readLine(line) ?? []);
  return mails.slice(-keepAtMost);
}

/** A line that a crash cut off is no mail. */
function readLine(line: string): OutboxMail | null {
  try {
    return OutboxMail.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
