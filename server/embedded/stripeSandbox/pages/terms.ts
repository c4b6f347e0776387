/** How often, and from when, a subscription is paid, in words. */
import { formatAmount } from '../objects/formatAmount.js';
import type { StoredLineItem, StoredPrice, SubscriptionPlan } from '../store/kinds.js';
import { languages, type Language, type Unit } from './words.js';

/** An amount (minor units) and how often it is paid; only the amount for what is paid once. */
export function rhythmText(amount: number, { currency, recurring }: StoredPrice, language: Language): string {
  const text = formatAmount(amount, currency, language);
  return recurring ? languages[language].every(text, recurring.interval_count, recurring.interval as Unit) : text;
}

/** What the page says of a subscription that begins with a trial: how long it is free, and what comes then. */
export interface TrialTerms {
  free: string;
  after: string;
}

/** The trial's terms; `null` when there is none. `now` is in seconds since the epoch. */
export function trialTerms(plan: SubscriptionPlan | null, lines: readonly StoredLineItem[], now: number, language: Language): TrialTerms | null {
  const days = plan?.trialEnd ? Math.ceil((plan.trialEnd - now) / (24 * 60 * 60)) : (plan?.trialDays ?? 0);
  const [first] = lines;
  if (days <= 0 || !first) return null;
  const amount = lines.reduce((sum, { price, quantity }) => sum + (price.unit_amount ?? 0) * (quantity ?? 1), 0);
  const words = languages[language];
  return { free: words.trialFree(days), after: words.trialThen(rhythmText(amount, first.price, language)) };
}
