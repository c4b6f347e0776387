/** The ledger read: sums that the store makes, and lines page by page. */
import { Types, type QueryFilter } from 'mongoose';
import type { LedgerStream, LedgerSums } from '../../../shared/contracts/money/ledger.js';
import { LedgerEntry, type LedgerEntryDocument } from './ledgerEntry.js';

/** From a moment until before another one. */
export interface Span {
  from: Date;
  until: Date;
}

/** What the ledger comes to, each sum for one currency and, beside it, for one thing more. Months are written `2026-01`, in UTC. */
export interface SummedLedger {
  totals: (LedgerSums & { currency: string })[];
  streams: (LedgerSums & { currency: string; stream: LedgerStream })[];
  months: (LedgerSums & { currency: string; month: string })[];
  workshops: (LedgerSums & { currency: string; workshopId: Types.ObjectId })[];
}

/** Which lines are meant; what is left out is any. */
export interface LineFilter {
  currency?: string | undefined;
  stream?: LedgerEntryDocument['stream'] | undefined;
  kind?: LedgerEntryDocument['kind'] | undefined;
  workshopId?: string | undefined;
  span?: Span | undefined;
}

/** A line's place in the order of lines. */
export type LinePlace = Pick<LedgerEntryDocument, 'occurredAt' | '_id'>;

const ofKind = (kind: LedgerEntryDocument['kind']) => ({ $sum: { $cond: [{ $eq: ['$kind', kind] }, '$amount', 0] } });

const firstSums = { gross: ofKind('charge'), refunds: ofKind('refund'), disputes: ofKind('dispute'), fees: ofKind('fee'), net: { $sum: '$amount' } };

const sumsAgain = { gross: { $sum: '$gross' }, refunds: { $sum: '$refunds' }, disputes: { $sum: '$disputes' }, fees: { $sum: '$fees' }, net: { $sum: '$net' } };

/** Sums by currency and by one thing more, in the order of both. */
const summedBy = (name: string, direction: 1 | -1 = 1) => [
  { $group: { _id: { currency: '$_id.currency', [name]: `$_id.${name}` }, ...sumsAgain } },
  { $sort: { '_id.currency': 1 as const, [`_id.${name}`]: direction } },
  { $replaceWith: { $mergeObjects: ['$_id', { gross: '$gross', refunds: '$refunds', disputes: '$disputes', fees: '$fees', net: '$net' }] } },
];

/** The sums of a span, or of all time. The lines are gone through once; what is grouped again are sums. */
export async function sumLedger(span: Span | null): Promise<SummedLedger> {
  const month = { $dateToString: { date: '$occurredAt', format: '%Y-%m', timezone: 'UTC' } };
  const [found] = await LedgerEntry.aggregate<SummedLedger>([
    ...(span ? [{ $match: { occurredAt: within(span) } }] : []),
    { $group: { _id: { currency: '$currency', stream: '$stream', month, workshopId: '$workshopId' }, ...firstSums } },
    {
      $facet: {
        totals: summedBy('none'),
        streams: summedBy('stream'),
        months: summedBy('month', -1),
        workshops: [{ $match: { '_id.workshopId': { $ne: null } } }, ...summedBy('workshopId', -1)],
      },
    },
  ]);
  return found ?? { totals: [], streams: [], months: [], workshops: [] };
}

/** What was charged since a moment, by currency. */
export async function sumCharges(since: Date): Promise<{ currency: string; amount: number }[]> {
  return LedgerEntry.aggregate<{ currency: string; amount: number }>([
    { $match: { kind: 'charge', occurredAt: { $gte: since } } },
    { $group: { _id: '$currency', amount: { $sum: '$amount' } } },
    { $sort: { _id: 1 } },
    { $project: { _id: 0, currency: '$_id', amount: 1 } },
  ]);
}

/** When the first and the last line happened; null while there is none. */
export async function ledgerSpan(): Promise<{ first: Date; last: Date } | null> {
  const at = (direction: 1 | -1) => LedgerEntry.findOne().sort({ occurredAt: direction, _id: direction }).select({ occurredAt: 1 }).lean();
  const [first, last] = await Promise.all([at(1), at(-1)]);
  return first && last && { first: first.occurredAt, last: last.occurredAt };
}

/** What the lines that are meant come to, by currency. */
export async function sumLines(meant: LineFilter): Promise<{ currency: string; amount: number }[]> {
  return LedgerEntry.aggregate<{ currency: string; amount: number }>([
    { $match: queryFor(meant) },
    { $group: { _id: '$currency', amount: { $sum: '$amount' } } },
    { $sort: { _id: 1 } },
    { $project: { _id: 0, currency: '$_id', amount: 1 } },
  ]);
}

/** So many lines at most, the newest first, from after a place on. */
export async function readLines(meant: LineFilter, after: LinePlace | null, count: number): Promise<LedgerEntryDocument[]> {
  const filter = queryFor(meant);
  const later = after && { $or: [{ occurredAt: { $lt: after.occurredAt } }, { occurredAt: after.occurredAt, _id: { $lt: after._id } }] };
  return LedgerEntry.find(later ? { $and: [filter, later] } : filter).sort({ occurredAt: -1, _id: -1 }).limit(count).lean();
}

/** An aggregate casts nothing by itself. */
function queryFor({ span, workshopId, ...same }: LineFilter): QueryFilter<LedgerEntryDocument> {
  const given = Object.entries(same).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...(workshopId !== undefined && { workshopId: new Types.ObjectId(workshopId) }), ...(span && { occurredAt: within(span) }) };
}

const within = ({ from, until }: Span) => ({ $gte: from, $lt: until });
