/** Refund rules as they are typed. */
import type { RefundRules } from '../../../shared/refunds.js';

export interface RulesDraft {
  kind: 'none' | 'full' | 'part';
  fullHours: string;
  percent: string;
  partHours: string;
}

export const emptyRules: RulesDraft = { kind: 'full', fullHours: '24', percent: '50', partHours: '2' };

/** The rules that were typed; what is no number is for the contract to refuse. */
export function readRules({ kind, fullHours, percent, partHours }: RulesDraft): RefundRules | null {
  if (kind === 'none') return null;
  const partial = kind === 'part' ? { percent: readWhole(percent), hours: readWhole(partHours) } : null;
  return { fullHours: readWhole(fullHours), partial };
}

function readWhole(text: string): number {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN;
}
