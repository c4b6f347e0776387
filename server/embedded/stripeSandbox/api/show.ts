/** From the kept form of an object to the form that a caller sees. */
import type { Kind, Kinds } from '../store/kinds.js';
import { idPrefixes } from '../store/kinds.js';
import { isValid } from '../discounts/isValid.js';
import type { Reader } from '../store/openStore.js';
import { wholeList } from './answerList.js';
import { badRequest } from './apiFault.js';

/** What showing needs: the store, the time, and where the payment page is. */
export interface Showing {
  /** The store, or the draft of a turn that has not been written yet. */
  reader: Pick<Reader, 'get'> & {
    walk<K extends Kind>(kind: K, walk: { where: { field: keyof Kinds[K] & string; value: string } }): Iterable<Kinds[K]>;
  };
  /** Seconds since the epoch. */
  now: number;
  /** Gives the address of the page of a session, be it of checkout or of the portal. */
  pageOf(sessionId: string): string;
}

/**
 * Shows an object, or each object of a list, with what `expand` asks for: https://docs.stripe.com/api/expanding_objects
 *
 * @throws ApiFault 400 when a path names something that cannot be expanded.
 */
export function show(showing: Showing, object: object, expand: readonly string[] = []): object {
  let shown: object = fresh(showing, structuredClone(object));
  if ('data' in shown && Array.isArray(shown.data) && 'has_more' in shown)
    shown = { ...shown, data: shown.data.map((item: object) => fresh(showing, item)) };
  for (const [position, path] of expand.entries()) {
    const steps = path.split('.');
    if (steps.length > 4) throw cannotExpand(path, position, 'You cannot expand more than 4 levels of a property');
    expandStep(showing, shown, steps, { path, position });
  }
  return shown;
}

/** References that Stripe leaves out of an object where there is nothing behind them. */
const absentReferences = new Set(['failure_balance_transaction']);

type At = { path: string; position: number };

function expandStep(showing: Showing, node: unknown, [step, ...rest]: string[], at: At): void {
  if (step === undefined || node === null) return;
  if (Array.isArray(node)) return node.forEach((item: unknown) => expandStep(showing, item, [step, ...rest], at));
  if (typeof node !== 'object') throw cannotExpand(at.path, at.position);
  const fields = node as Record<string, unknown>;
  fields[step] = opened(showing, fields, step, rest.length === 0, at);
  expandStep(showing, fields[step], rest, at);
}

/** The value of a field with its reference followed; a field that is no reference may only be passed through. */
function opened(showing: Showing, fields: Record<string, unknown>, step: string, isLast: boolean, at: At): unknown {
  const value = fields[step] ?? included(showing, fields, step) ?? null;
  if (typeof value === 'string') {
    const target = follow(showing, value, step);
    if (target) return target;
  }
  const isOpenAlready = typeof value === 'object' && value !== null && 'object' in value;
  const isPassedThrough = !isLast && typeof value === 'object' && value !== null;
  const isEmptyReference = value === null && (Object.hasOwn(fields, step) || absentReferences.has(step));
  if (isOpenAlready || isPassedThrough || isEmptyReference) return value;
  throw cannotExpand(at.path, at.position);
}

/** A coupon's id is its maker's own word, so the field's name must say what it is. */
function follow(showing: Showing, id: string, step: string): object | undefined {
  const kind: Kind | undefined = step === 'coupon' ? 'coupon' : Object.entries(idPrefixes).find(([prefix]) => id.startsWith(prefix))?.[1];
  const target = kind && (showing.reader.get(kind, id) ?? deletedStub(showing, id));
  return target && fresh(showing, structuredClone(target));
}

/** What a caller sees of a deleted coupon, customer or product. */
export function deletedStub({ reader }: { reader: Pick<Reader, 'get'> }, id: string): { id: string; object: string; deleted: true } | undefined {
  const tombstone = reader.get('tombstone', id);
  return tombstone && { id, object: tombstone.of, deleted: true };
}

/** Lists which Stripe leaves out of an object until they are asked for. */
function included({ reader }: Showing, fields: Record<string, unknown>, step: string): object | undefined {
  const { id, object } = fields;
  if (typeof id !== 'string') return undefined;
  if (object === 'checkout.session' && step === 'line_items')
    return structuredClone(wholeList(`/v1/checkout/sessions/${id}/line_items`, reader.get('checkout_plan', id)?.lines ?? []));
  if (object === 'charge' && step === 'refunds')
    return wholeList(`/v1/charges/${id}/refunds`, [...reader.walk('refund', { where: { field: 'charge', value: id } })]);
  if (object === 'customer' && step === 'subscriptions')
    return wholeList(`/v1/customers/${id}/subscriptions`, [...reader.walk('subscription', { where: { field: 'customer', value: id } })]);
  if (object === 'invoice' && step === 'payments')
    return wholeList(`/v1/invoice_payments?invoice=${id}`, [...reader.walk('invoice_payment', { where: { field: 'invoice', value: id } })]);
  return undefined;
}

/** Fills in what depends on the moment: whether money is available, and where a session can be paid. */
function fresh(showing: Showing, object: object): object {
  if (isA('checkout.session', object))
    return { ...object, url: object.status === 'open' ? showing.pageOf(object.id) : null };
  if (isA('billing_portal.session', object)) return { ...object, url: showing.pageOf(object.id) };
  if (isA('coupon', object)) return { ...object, valid: isValid(object, showing.now) };
  if (isA('balance_transaction', object))
    return { ...object, status: object.available_on <= showing.now ? 'available' : 'pending' };
  return object;
}

function isA<K extends Kind>(kind: K, object: object): object is Kinds[K] {
  return 'object' in object && object.object === kind;
}

function cannotExpand(path: string, position: number, why = 'This property cannot be expanded') {
  return badRequest(`${why} (${path}).`, { param: `expand[${position}]` });
}
