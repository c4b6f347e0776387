import { LedgerEntry, type LedgerEntryDocument } from '../../models/money/ledgerEntry.js';
import type { OrderDocument } from '../../models/order.js';
import type { Payment } from './readPayment.js';

/** Writes what happened to an order's money into the ledger, each thing once. Answers whether there was news. */
export async function recordLedger(order: OrderDocument, payment: Payment): Promise<boolean> {
  const about = { stream: 'pay_per_use' as const, orderId: order._id, workshopId: order.workshopId, label: order.workshopTitle };
  const entries: Omit<LedgerEntryDocument, '_id'>[] = [];
  const { charge, fee } = payment;
  if (charge) entries.push({ ...about, kind: 'charge', source: `charge:${charge.id}`, amount: charge.amount, currency: charge.currency, occurredAt: charge.at });
  if (charge && fee && fee.amount !== 0) entries.push({ ...about, kind: 'fee', source: `fee:${fee.id}`, amount: -fee.amount, currency: fee.currency, occurredAt: charge.at });
  for (const refund of payment.refunds) {
    if (refund.state === 'done') entries.push({ ...about, kind: 'refund', source: `refund:${refund.id}`, amount: -refund.amount, currency: refund.currency, occurredAt: refund.at });
  }
  const news = await Promise.all(entries.map((entry) => LedgerEntry.recordOnce(entry)));
  return news.includes(true);
}
