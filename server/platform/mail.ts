/** Mail: by SMTP where `SMTP_URL` is set, else kept in an outbox that the organizer reads in the browser. */
import { createTransport } from 'nodemailer';
import type { OutboxMail } from '../../shared/contracts/community.js';

export interface Letter {
  to: string;
  subject: string;
  /** Plain text. */
  text: string;
}

export interface Mail {
  /** Sends, or keeps in the outbox. May fail; what must not be lost is recorded elsewhere first. */
  send(letter: Letter): Promise<void>;
  /** The kept mails, newest first; null where mails are really sent. */
  kept(): Promise<OutboxMail[] | null>;
  close(): Promise<void>;
}

/** @param from - the sender's address, e.g. `Guildhall <hall@example.org>`. */
export function createSmtpMail(url: string, from: string): Mail {
  const transport = createTransport(url);
  return {
    async send(letter) {
      await transport.sendMail({ from, ...letter });
    },
    kept: () => Promise.resolve(null),
    close() {
      transport.close();
      return Promise.resolve();
    },
  };
}
