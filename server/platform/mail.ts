/** Mail: by SMTP where `SMTP_URL` is set, else kept in an outbox that the organizer reads in the browser. */
import type { OutboxMail } from '../../shared/contracts/community.js';

export interface Letter {
  to: string;
  subject: string;
  /** Plain text. */
  text: string;
}

export interface Mail {
  /** Sends, or keeps in the outbox. Sending may fail later; what must not be lost is recorded elsewhere first. */
  send(letter: Letter): Promise<void>;
  /** The kept mails, newest first; null where mails are really sent. */
  kept(): Promise<OutboxMail[] | null>;
  close(): Promise<void>;
}
