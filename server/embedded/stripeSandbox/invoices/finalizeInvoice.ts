/** A draft becomes an invoice that is to be paid, and is numbered. */
import { changeCustomer } from '../objects/customers.js';
import type { StoredInvoice } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { due } from './draftInvoice.js';
import { keepInvoice } from './keepInvoice.js';

/** Makes a draft final; one with nothing to pay is paid thereby. What the customer's balance gives or takes is booked. */
export function finalizeInvoice(turn: Turn, draft: StoredInvoice): StoredInvoice {
  const customer = turn.draft.get('customer', draft.customer ?? '');
  const owed = due(turn, draft.customer ?? '', draft.currency, draft.total);
  const sequence = customer?.next_invoice_sequence ?? 1;
  const final = keepInvoice(turn, {
    ...draft,
    ...owed,
    automatically_finalizes_at: null,
    effective_at: turn.now,
    number: `${customer?.invoice_prefix ?? ''}-${String(sequence).padStart(4, '0')}`,
    status: 'open',
    status_transitions: { ...draft.status_transitions, finalized_at: turn.now },
  });
  if (customer) {
    turn.draft.put('customer', { ...customer, next_invoice_sequence: sequence + 1 });
    if (owed.ending_balance !== owed.starting_balance) changeCustomer(turn, customer.id, { balance: owed.ending_balance });
  }
  emitEvent(turn, 'invoice.finalized', final);
  return final.amount_due === 0 ? markPaid(turn, final) : final;
}

/** The invoice with its end: nothing is left to pay. */
export function markPaid(turn: Turn, invoice: StoredInvoice): StoredInvoice {
  const paid = keepInvoice(turn, {
    ...invoice,
    amount_paid: invoice.amount_due,
    amount_remaining: 0,
    attempted: true,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'paid',
    status_transitions: { ...invoice.status_transitions, paid_at: turn.now },
  });
  emitEvent(turn, 'invoice.paid', paid);
  emitEvent(turn, 'invoice.payment_succeeded', paid);
  return paid;
}

/** An invoice that nobody has to pay any more. */
export function voidInvoice(turn: Turn, invoice: StoredInvoice): StoredInvoice {
  const voided = keepInvoice(turn, {
    ...invoice,
    amount_remaining: 0,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'void',
    status_transitions: { ...invoice.status_transitions, voided_at: turn.now },
  });
  // What the customer's balance had given to it comes back.
  const taken = (invoice.ending_balance ?? 0) - invoice.starting_balance;
  const customer = turn.draft.get('customer', invoice.customer ?? '');
  if (customer && taken !== 0) changeCustomer(turn, customer.id, { balance: customer.balance - taken });
  emitEvent(turn, 'invoice.voided', voided);
  return voided;
}
