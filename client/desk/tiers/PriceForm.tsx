import { Alert, Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientId } from '../../api/clientId.js';
import { useRouteMutation } from '../../api/useRoute.js';
import type { BillingInterval } from '../../../shared/contracts/memberships/memberships.js';
import { prices, SetPrice, type TierPriceRow } from '../../../shared/contracts/memberships/prices.js';
import type { TierView } from '../../../shared/contracts/tiers.js';
import { readAmount, writeAmount } from '../../../shared/money.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { offeredCurrencies } from '../workshops/price.js';
import { useAskPricesAgain } from './useAskPricesAgain.js';
import styles from '../desk.module.css';

/** Sets what newcomers pay for a tier; where there is a price already, says that who has it keeps it. */
export function PriceForm({ tier, interval, before, onDone }: { tier: TierView; interval: BillingInterval; before: TierPriceRow | undefined; onDone: () => void }) {
  const { t } = useTranslation('desk');
  const askAgain = useAskPricesAgain();
  const set = useRouteMutation(prices.set);
  const [draft, setDraft] = useState(() => ({ amount: before ? writeAmount(before.price.amount, before.price.currency) : '', currency: before?.price.currency ?? 'eur', trialDays: String(before?.trialDays ?? 14) }));
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  // One name per form that was filled in: a retry sets it once.
  const [clientPriceId] = useState(newClientId);
  const check = (field: string) => wrong.has(field) && t('publish.wrong');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const trialDays = draft.trialDays.trim() === '' ? 0 : Number(draft.trialDays);
    const read = SetPrice.safeParse({ clientPriceId, tierKey: tier.key, interval, amount: readAmount(draft.amount, draft.currency), currency: draft.currency, trialDays });
    setWrong(new Set(read.success ? [] : read.error.issues.map((issue) => String(issue.path[0]))));
    if (!read.success) return;
    set.mutate(read.data, {
      onSuccess: () => {
        askAgain();
        onDone();
      },
    });
  };
  return (
    <form className={styles['form']} onSubmit={submit} noValidate>
      {before && <Alert variant="light" icon={<IconInfoCircle size={18} />}>{t('prices.keep')}</Alert>}
      <div className={styles['pair']}>
        <TextInput inputMode="decimal" label={interval === 'month' ? t('prices.amountMonth') : t('prices.amountYear')} required value={draft.amount} error={check('amount')} onChange={(event) => setDraft({ ...draft, amount: event.currentTarget.value })} data-autofocus />
        <NativeSelect label={t('publish.currency')} data={offeredCurrencies.map((value) => ({ value, label: value.toUpperCase() }))} value={draft.currency} onChange={(event) => setDraft({ ...draft, currency: event.currentTarget.value })} />
      </div>
      <TextInput inputMode="numeric" label={t('prices.trialDays')} inputWrapperOrder={['label', 'input', 'description', 'error']} description={t('prices.trialHint')} value={draft.trialDays} error={check('trialDays')} onChange={(event) => setDraft({ ...draft, trialDays: event.currentTarget.value })} />
      <ErrorNote error={set.error} />
      <Group justify="flex-end"><Button type="submit" loading={set.isPending}>{t('prices.save')}</Button></Group>
    </form>
  );
}
