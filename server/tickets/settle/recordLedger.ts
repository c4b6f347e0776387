import { LedgerEntry, type LedgerEntryDocument } from '../../models/money/ledgerEntry.js';
import type { OrderDocument } from '../../models/order.js';
import type { PaymentDispute } from './readDisputes.js';
import type { Payment, PaymentRefund } from './readPayment.js';

type Line = Pick<LedgerEntryDocument, 'kind' | 'source' | 'amount' | 'currency' | 'occurredAt'>;

/** Writes what happened to an order's money into the ledger, each thing once. Answers whether there was news. */
export async function recordLedger(order: OrderDocument, payment: Payment): Promise<boolean> {
  const about = { stream: 'pay_per_use' as const, orderId: order._id, workshopId: order.workshopId, label: order.workshopTitle };
  const lines = [...linesOfCharge(payment), ...payment.refunds.flatMap(linesOfRefund), ...payment.disputes.flatMap(linesOfDispute)];
  const news = await Promise.all(lines.map((line) => LedgerEntry.recordOnce({ ...about, ...line })));
  return news.includes(true);
}

function linesOfCharge({ charge, fee }: Payment): Line[] {
  if (!charge) return [];
  const line: Line = { kind: 'charge', source: `charge:${charge.id}`, amount: charge.amount, currency: charge.currency, occurredAt: charge.at };
  return fee && fee.amount !== 0 ? [line, feeLine(fee, charge.at)] : [line];
}

/** A refund leaves the balance when it is asked for, and comes back into it when it fails. */
function linesOfRefund({ id, amount, currency, at, isBooked, cameBack }: PaymentRefund): Line[] {
  const lines: Line[] = isBooked ? [{ kind: 'refund', source: `refund:${id}`, amount: -amount, currency, occurredAt: at }] : [];
  return cameBack ? [...lines, { kind: 'refund', source: `refund:${cameBack.id}`, amount, currency, occurredAt: cameBack.at }] : lines;
}

function linesOfDispute({ movements }: PaymentDispute): Line[] {
  return movements.flatMap(({ id, amount, fee, currency, at }) => {
    const line: Line = { kind: 'dispute', source: `dispute:${id}`, amount, currency, occurredAt: at };
    return fee === 0 ? [line] : [line, feeLine({ id, amount: fee, currency }, at)];
  });
}

function feeLine({ id, amount, currency }: NonNullable<Payment['fee']>, occurredAt: Date): Line {
  return { kind: 'fee', source: `fee:${id}`, amount: -amount, currency, occurredAt };
}
