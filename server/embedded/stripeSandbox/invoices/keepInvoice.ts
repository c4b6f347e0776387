import type { StoredInvoice } from '../store/kinds.js';
import type { Turn } from '../turn.js';

/** Seconds since the epoch at which something happens to an invoice by itself. */
export function invoiceMoments({ status, auto_advance: isMoving, automatically_finalizes_at: final, next_payment_attempt: next }: StoredInvoice): number[] {
  const moment = isMoving ? (status === 'draft' ? final : status === 'open' ? next : null) : null;
  return moment === null ? [] : [moment];
}

/** Stores an invoice and sees to it that time will move it on. Who lives by a test clock is found by that clock. */
export function keepInvoice({ draft, now }: Turn, invoice: StoredInvoice): StoredInvoice {
  if (invoice.test_clock === null)
    for (const moment of invoiceMoments(invoice))
      if (moment > now) draft.schedule({ lane: 'advance_invoice', at: moment * 1000, id: invoice.id, attempt: 0 });
  return draft.put('invoice', invoice);
}
