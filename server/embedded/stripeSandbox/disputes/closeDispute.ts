/** How a dispute ends. */
import { bookTransaction } from '../objects/money.js';
import type { StoredDispute } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';

/** Whether its bank has decided. */
export const isDecided = ({ status }: StoredDispute): boolean => status === 'won' || status === 'lost';

/** The bank decides for the account: the money comes back, the fee does not. */
export function winDispute(turn: Turn, dispute: StoredDispute): StoredDispute {
  const { id, amount, currency, charge } = dispute;
  const returned = bookTransaction(turn, { source: id, type: 'adjustment', amount, currency, description: `Chargeback reversal for ${charge}`, category: 'dispute_reversal' });
  const won = turn.draft.put('dispute', { ...dispute, balance_transactions: [...dispute.balance_transactions, returned], is_charge_refundable: true, status: 'won' });
  emitEvent(turn, 'charge.dispute.funds_reinstated', won);
  emitEvent(turn, 'charge.dispute.closed', won, dispute);
  return won;
}

/** The bank decides for its customer, or nobody has answered. */
export function loseDispute(turn: Turn, dispute: StoredDispute): StoredDispute {
  const lost = turn.draft.put('dispute', { ...dispute, status: 'lost' });
  emitEvent(turn, 'charge.dispute.closed', lost, dispute);
  return lost;
}

/** Nobody has answered in time, or not so as to win. */
export function loseWhenDue(turn: Turn, id: string): void {
  const dispute = turn.draft.get('dispute', id);
  if (dispute && !isDecided(dispute)) loseDispute(turn, { ...dispute, evidence_details: { ...dispute.evidence_details, past_due: dispute.status === 'needs_response' } });
}
