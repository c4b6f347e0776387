/** The API's rows for invoices and their payments: https://docs.stripe.com/api/invoices */
import { pageOfLines } from '../api/answerList.js';
import { badRequest, cardDeclined, noSuchObject } from '../api/apiFault.js';
import { lists, reads, sameText, writes, type Endpoint } from '../api/endpoint.js';
import { id as idParam, integer, listShape, oneOf, params } from '../api/params.js';
import { cardOf } from '../cards/paymentMethods.js';
import { inTimeOf } from '../clocks/clockTime.js';
import type { StoredInvoice } from '../store/kinds.js';
import { previewInvoice } from '../subscriptions/previewInvoice.js';
import { settleInvoice } from '../subscriptions/settleInvoice.js';
import { previewParams } from '../subscriptions/subscriptionParams.js';
import type { Turn } from '../turn.js';
import { finalizeInvoice, voidInvoice } from './finalizeInvoice.js';

const path = '/v1/invoices';

function invoiceOf({ draft }: Turn, id: string): StoredInvoice {
  const invoice = draft.get('invoice', id);
  if (!invoice) throw noSuchObject('invoice', id);
  return invoice;
}

/**
 * Charges an invoice now.
 *
 * @throws ApiFault 400 `invoice_already_paid`, or when it is void; 402 when the card is declined, and then it counts as tried.
 */
export function payNow(outer: Turn, id: string, cardId?: string): StoredInvoice {
  const invoice = invoiceOf(outer, id);
  const turn = inTimeOf(outer, invoice.customer);
  if (invoice.status === 'paid') throw badRequest('Invoice is already paid', { code: 'invoice_already_paid' });
  if (invoice.status === 'void') throw badRequest('This invoice is void and cannot be paid.');
  const card = cardId === undefined ? undefined : cardOf(turn, cardId, invoice.customer ?? '', 'payment_method');
  return settleInvoice(turn, invoice, { isScheduled: false, card });
}

/** The API's rows for invoices and their payments. */
export const invoiceEndpoints: readonly Endpoint[] = [
  lists('invoice', path, {
    customer: sameText(idParam(), 'customer'),
    status: sameText(oneOf('draft', 'open', 'paid', 'uncollectible', 'void'), 'status'),
    subscription: { param: idParam(), matches: ({ parent }, wanted: string) => parent?.subscription_details?.subscription === wanted },
  }),
  writes('post', `${path}/create_preview`, previewParams, (turn, { params: given }) => previewInvoice(turn, given)),
  reads(`${path}/:id`, params({}), ({ reader }, { id }) => {
    const invoice = reader.get('invoice', id);
    if (!invoice) throw noSuchObject('invoice', id);
    return invoice;
  }),
  reads(`${path}/:id/lines`, params({ ...listShape, limit: integer(1, 100).default(10) }), ({ reader }, { id, params: given }) => {
    const invoice = reader.get('invoice', id);
    if (!invoice) throw noSuchObject('invoice', id);
    return pageOfLines(`${path}/${id}/lines`, invoice.lines.data, given);
  }),
  writes('post', `${path}/:id/finalize`, params({}), (turn, { id }) => {
    const invoice = invoiceOf(turn, id);
    if (invoice.status !== 'draft') throw badRequest('This invoice is already finalized, you can’t re-finalize a non-draft invoice.');
    return finalizeInvoice(inTimeOf(turn, invoice.customer), invoice);
  }),
  writes('post', `${path}/:id/pay`, params({ payment_method: idParam().optional() }), (turn, { id, params: given }) => {
    const paid = payNow(turn, id, given.payment_method);
    // That it was tried in vain is kept.
    return paid.status === 'paid' ? paid : cardDeclined();
  }),
  writes('post', `${path}/:id/void`, params({}), (turn, { id }) => {
    const invoice = invoiceOf(turn, id);
    if (invoice.status !== 'open') throw badRequest('You can only pass in open invoices. This invoice isn’t open.');
    return voidInvoice(inTimeOf(turn, invoice.customer), invoice);
  }),
  lists('invoice_payment', '/v1/invoice_payments', {
    invoice: sameText(idParam(), 'invoice'),
    status: sameText(oneOf('canceled', 'open', 'paid'), 'status'),
  }),
  reads('/v1/invoice_payments/:id', params({}), ({ reader }, { id }) => {
    const payment = reader.get('invoice_payment', id);
    if (!payment) throw noSuchObject('invoice_payment', id);
    return payment;
  }),
];
