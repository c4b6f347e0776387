import type { AttentionItem } from '../../../../shared/contracts/tickets/attention.js';
import type { Deps } from '../../../deps.js';
import { Grant } from '../../../models/grant.js';
import { Member } from '../../../models/member.js';
import type { FoundMoney, MoneyFindingDocument } from '../../../models/money/moneyFinding.js';
import { Tier } from '../../../models/tier.js';
import { Workshop } from '../../../models/workshop.js';
import { atStripe } from '../atStripe.js';

type Found<K extends FoundMoney['kind']> = Extract<FoundMoney, { kind: K }>;
type Base = Pick<AttentionItem, 'id' | 'since'>;

/** What comparisons have found, as the queue shows it; what is about an order is told with the orders. */
export async function viewFindings(deps: Deps, findings: readonly MoneyFindingDocument[]): Promise<AttentionItem[]> {
  return (await Promise.all(findings.map((finding) => viewFinding(deps, finding)))).flat();
}

async function viewFinding(deps: Deps, { _id, since, found }: MoneyFindingDocument): Promise<AttentionItem[]> {
  const base = { id: _id, since: since.toISOString() };
  switch (found.kind) {
    case 'paid_without_right':
      return [];
    case 'right_without_money':
      return viewUnpaid(base, found);
    case 'seats_disagree':
      return viewSeats(base, found);
    case 'unknown_payment': {
      const { paymentId, amount, currency, email } = found;
      return [{ kind: found.kind, ...base, amount: { amount, currency }, email, stripeUrl: atStripe(deps, 'payments', paymentId), repairs: [{ kind: 'set_aside' }, { kind: 'give_back', amount, currency }] }];
    }
    case 'unknown_subscription': {
      const { subscriptionId, amount, currency, email } = found;
      return [{ kind: found.kind, ...base, price: { amount, currency }, email, stripeUrl: atStripe(deps, 'subscriptions', subscriptionId), repairs: [{ kind: 'set_aside' }, { kind: 'end_subscription' }] }];
    }
  }
}

async function viewUnpaid(base: Base, { kind, grantId }: Found<'right_without_money'>): Promise<AttentionItem[]> {
  const grant = await Grant.findById(grantId).lean();
  const person = grant && (await Member.people([String(grant.memberId)])).get(String(grant.memberId));
  if (!grant || !person) return [];
  const right = grant.kind === 'tier' ? { kind: grant.kind, tierName: (await Tier.findOne({ key: grant.ref }).lean())?.name ?? grant.ref } : { kind: grant.kind, title: await titleOf(grant.ref) };
  return [{ kind, ...base, person, right, repairs: [{ kind: 'end_right' }, { kind: 'ask_again' }] }];
}

async function viewSeats(base: Base, { kind, workshopId, taken, valid }: Found<'seats_disagree'>): Promise<AttentionItem[]> {
  const id = String(workshopId);
  return [{ kind, ...base, workshopId: id, title: await titleOf(id), taken, valid, repairs: [{ kind: 'align_seats' }] }];
}

const titleOf = async (workshopId: string): Promise<string> => (await Workshop.findById(workshopId, { title: 1 }).lean())?.title ?? '';
