/** Mail: by SMTP where `SMTP_URL` is set, else kept in an outbox that the organizer reads in the browser. */
import { createTransport } from 'nodemailer';
import type { OutboxMail } from '../../shared/contracts/community.js';

export interface Letter {
  to: string;
  subject: string;
  /** Plain text. */
  text: string;
  /** Names a letter that may be sent again, should the first try have been cut off: an outbox keeps it once, a reader's mail program knows it by its Message-ID. */
  id?: string;
  attachments?: OutboxMail['attachments'];
}

export interface Mail {
  /** Sends, or keeps in the outbox. May fail; what must not be lost is recorded elsewhere first. */
  send(letter: Letter): Promise<void>;
  /** The kept mails, newest first; null where mails are really sent. */
  kept(): Promise<OutboxMail[] | null>;
  close(): Promise<void>;
}

/** The host of a sender's address, for the letters' names. */
function hostOf(from: string): string {
  return /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? 'guildhall';
}

/** @param from - the sender's address, e.g. `Guildhall <hall@example.org>`. */
export function createSmtpMail(url: string, from: string): Mail {
  const transport = createTransport(url);
  return {
    async send({ id, attachments = [], ...letter }) {
      const files = attachments.map(({ name, type, text }) => ({ filename: name, contentType: type, content: text }));
      await transport.sendMail({ from, ...letter, attachments: files, ...(id === undefined ? {} : { messageId: `<${id.replaceAll(':', '.')}@${hostOf(from)}>` }) });
    },
    kept: () => Promise.resolve(null),
    close() {
      transport.close();
      return Promise.resolve();
    },
  };
}
