import { Button, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientId } from '../../api/clientId.js';
import { useRouteMutation } from '../../api/useRoute.js';
import { ledger, RecordPartnership } from '../../../shared/contracts/money/ledger.js';
import { limits } from '../../../shared/limits.js';
import { currencies, readAmount } from '../../../shared/money.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { offeredCurrencies } from '../workshops/price.js';
import { useAskBooksAgain } from './useAskBooksAgain.js';
import styles from '../desk.module.css';

const below = ['label', 'input', 'description', 'error'] as const;

/** The currencies that prices are offered in come first, as they are chosen most. */
const choices = [...new Set<string>([...offeredCurrencies, ...[...currencies].toSorted()])];

const today = (): string => new Date().toISOString().slice(0, 10);

/** Enters what a partner paid past the checkout. */
export function PartnerForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('desk');
  const askAgain = useAskBooksAgain();
  const record = useRouteMutation(ledger.recordPartnership);
  const [draft, setDraft] = useState(() => ({ partner: '', amount: '', currency: 'eur', date: today(), note: '' }));
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  // One name per form that was filled in: a retry enters it once.
  const [clientEntryId] = useState(newClientId);
  const check = (field: keyof typeof draft) => wrong.has(field) && t('publish.wrong');
  const change = (part: Partial<typeof draft>) => {
    setDraft({ ...draft, ...part });
    setWrong(new Set());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = RecordPartnership.safeParse({ clientEntryId, ...draft, amount: readAmount(draft.amount, draft.currency) });
    setWrong(new Set(read.success ? [] : read.error.issues.map((issue) => String(issue.path[0]))));
    if (!read.success) return;
    record.mutate(read.data, {
      onSuccess: () => {
        askAgain();
        onDone();
      },
    });
  };
  return (
    <form className={styles['form']} onSubmit={submit} noValidate>
      <p className="meta">{t('partner.text')}</p>
      <TextInput label={t('partner.name')} required maxLength={limits.titleLength} autoComplete="organization" value={draft.partner} error={check('partner')} onChange={(event) => change({ partner: event.currentTarget.value })} data-autofocus />
      <div className={styles['pair']}>
        <TextInput inputMode="decimal" label={t('partner.amount')} required value={draft.amount} error={check('amount')} onChange={(event) => change({ amount: event.currentTarget.value })} />
        <NativeSelect label={t('publish.currency')} data={choices.map((value) => ({ value, label: value.toUpperCase() }))} value={draft.currency} onChange={(event) => change({ currency: event.currentTarget.value })} />
      </div>
      <TextInput type="date" label={t('partner.date')} required max={today()} value={draft.date} error={check('date')} onChange={(event) => change({ date: event.currentTarget.value })} />
      <Textarea autosize label={t('partner.note')} inputWrapperOrder={[...below]} description={t('partner.noteHint')} maxLength={limits.reasonLength} value={draft.note} error={check('note')} onChange={(event) => change({ note: event.currentTarget.value })} />
      <ErrorNote error={record.error} />
      <Group justify="flex-end"><Button type="submit" loading={record.isPending}>{t('partner.save')}</Button></Group>
    </form>
  );
}
