/** The ledger: every line of money that came or went, and what the lines come to. Amounts are in minor units of their currency; two currencies are never added. */
import { z } from 'zod';
import { definePush, defineRoute } from '../../define.js';
import { ClientId, Id } from '../../ids.js';
import { limits } from '../../limits.js';
import { ChosenCurrency, Currency, smallestStep } from '../../money.js';

/** Where money comes from; total revenue is the sum of the three, each currency for itself. */
export const LedgerStream = z.enum(['subscription', 'pay_per_use', 'partnership']);
export type LedgerStream = z.infer<typeof LedgerStream>;

export const LedgerKind = z.enum(['charge', 'refund', 'dispute', 'fee']);
export type LedgerKind = z.infer<typeof LedgerKind>;

/** One line; `amount` is signed: a charge is positive; a refund, a dispute or a fee negative, and positive when it comes back. */
export const LedgerLineView = z.object({
  id: Id,
  stream: LedgerStream,
  kind: LedgerKind,
  amount: z.int(),
  currency: Currency,
  orderId: Id.nullable(),
  workshopId: Id.nullable(),
  /** The workshop's title, the tier's or the partner's name. */
  label: z.string(),
  /** What was written down with it by hand: what it is for, or why it is taken back; empty where it came from Stripe. */
  note: z.string(),
  /** The name of who entered it by hand. */
  enteredBy: z.string().nullable(),
  /** It was entered by hand, and not taken back yet. */
  canBeTakenBack: z.boolean(),
  occurredAt: z.iso.datetime(),
});
export type LedgerLineView = z.infer<typeof LedgerLineView>;

/** What lines of one currency come to; all but `gross` are negative or 0 as long as no more comes back than went. `net` is the sum of the four. */
export const LedgerSums = z.object({ gross: z.int(), refunds: z.int(), disputes: z.int(), fees: z.int(), net: z.int() });
export type LedgerSums = z.infer<typeof LedgerSums>;

const Year = z.string().regex(/^\d{4}$/, 'a year is four digits');
const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month is written 2026-01');

/** The books in one currency. Months without a line are left out, and so are workshops; the newest month comes first. */
export const CurrencyBooks = z.object({
  currency: Currency,
  /** Total revenue. */
  total: LedgerSums,
  streams: z.array(LedgerSums.extend({ stream: LedgerStream })),
  months: z.array(LedgerSums.extend({ month: Month })),
  workshops: z.array(LedgerSums.extend({ workshopId: Id, title: z.string() })),
});
export type CurrencyBooks = z.infer<typeof CurrencyBooks>;

/**
 * `zone` is where months and years begin and end; `years` are those with a line, the newest first, whichever was asked for. `besides` is
 * what Stripe's balance holds that is in none of the lines: payments for nothing the house knows, less what went back of them and fees. It is of
 * all time, whichever year was asked for.
 */
export const LedgerBooks = z.object({ zone: z.string(), years: z.array(Year), currencies: z.array(CurrencyBooks), besides: z.array(z.object({ currency: Currency, amount: z.int() })) });
export type LedgerBooks = z.infer<typeof LedgerBooks>;

const OfYear = z.strictObject({ year: Year.optional() });
export type OfYear = z.infer<typeof OfYear>;

/** Which lines are meant; what is left out is any. `period` is a year or a month of the books' zone. */
export const LedgerFilter = z.strictObject({
  currency: Currency.optional(),
  stream: LedgerStream.optional(),
  kind: LedgerKind.optional(),
  workshopId: Id.optional(),
  period: z.union([Year, Month]).optional(),
});
export type LedgerFilter = z.infer<typeof LedgerFilter>;

/** Where a page of lines ended. */
const LineCursor = z.string().regex(/^\d{1,15}-[0-9a-f]{24}$/, 'a cursor is what an answer gave');

export const LinesAsked = LedgerFilter.extend({ after: LineCursor.optional() });
export type LinesAsked = z.infer<typeof LinesAsked>;

/**
 * Lines, the newest first; `next` asks for those after them, and is null at the end. `sums` is what all that are meant come to, each
 * currency for itself; it comes with the first page, and is null with the others.
 */
export const LedgerLines = z.object({ lines: z.array(LedgerLineView), next: LineCursor.nullable(), sums: z.array(z.object({ currency: Currency, amount: z.int() })).nullable() });
export type LedgerLines = z.infer<typeof LedgerLines>;

/**
 * Money that a partner paid past Stripe. `clientEntryId` names the entry, so that a retry enters it once. `amount` is in the currency's
 * minor unit, `date` a day of the books' zone.
 */
export const RecordPartnership = z
  .strictObject({
    clientEntryId: ClientId,
    partner: z.string().trim().min(1).max(limits.titleLength),
    amount: z.int().min(1).max(limits.partnershipMax),
    currency: ChosenCurrency,
    date: z.iso.date().refine((date) => date >= '2000-01-01', 'a day of this century'),
    note: z.string().trim().max(limits.reasonLength),
  })
  .refine(({ amount, currency }) => amount % smallestStep(currency) === 0, { path: ['amount'], error: 'the currency has no such small coin' });
export type RecordPartnership = z.infer<typeof RecordPartnership>;

export const TakeBackPartnership = z.strictObject({ entryId: Id, reason: z.string().trim().min(1).max(limits.reasonLength) });
export type TakeBackPartnership = z.infer<typeof TakeBackPartnership>;

const CurrencyTotal = LedgerSums.extend({ currency: Currency });

/** What was charged since a moment, and what each currency comes to in all. */
export const LedgerNews = z.object({ charged: z.array(z.object({ currency: Currency, amount: z.int() })), totals: z.array(CurrencyTotal) });
export type LedgerNews = z.infer<typeof LedgerNews>;

export const ledger = {
  /** All sums, of one year or of all time. */
  books: defineRoute('get', '/api/ledger', { who: 'organizer', input: OfYear, output: LedgerBooks }),
  /** The lines that a sum is made of. */
  lines: defineRoute('get', '/api/ledger/lines', { who: 'organizer', input: LinesAsked, output: LedgerLines }),
  since: defineRoute('get', '/api/ledger/since/:since', { who: 'organizer', input: z.strictObject({ since: z.iso.datetime() }), output: LedgerNews }),
  /** The sums as a CSV file. */
  exportBooks: defineRoute('get', '/api/ledger/export', { who: 'organizer', input: OfYear, output: z.object({ text: z.string() }) }),
  /** The lines as a CSV file in parts, to be put one after the other; `next` is null with the last. */
  exportLines: defineRoute('get', '/api/ledger/lines/export', { who: 'organizer', input: LinesAsked, output: z.object({ text: z.string(), next: LineCursor.nullable() }) }),
  /** Enters what a partner paid; it is never changed. */
  recordPartnership: defineRoute('post', '/api/ledger/partnerships', { who: 'organizer', input: RecordPartnership, output: LedgerLineView, failures: ['partnership.in_future'] }),
  /** Takes an entry back by a counter-entry of today, once, and answers that one. */
  takeBackPartnership: defineRoute('post', '/api/ledger/partnerships/:entryId/take-back', { who: 'organizer', input: TakeBackPartnership, output: LedgerLineView, failures: ['partnership.not_found'] }),
  /** Told to organizers: there are new lines; ask again. */
  changed: definePush('ledger:changed', z.object({}), { mayBeDropped: true }),
} as const;
