import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientId } from '../../api/clientId.js';
import { routeKey, useRouteMutation, useRouteQuery } from '../../api/useRoute.js';
import { coupons, CreateCoupon, type CouponOff } from '../../../shared/contracts/coupons.js';
import { isAhead, workshops } from '../../../shared/contracts/workshops.js';
import { readAmount } from '../../../shared/money.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { offeredCurrencies } from '../workshops/price.js';
import styles from '../desk.module.css';

/** The fields as they are typed. */
interface Draft {
  code: string;
  kind: CouponOff['kind'];
  off: string;
  currency: string;
  usesMax: string;
  usesPerMember: string;
  /** As `datetime-local` has it, in this browser's zone; empty is never. */
  expiresAt: string;
  /** Empty is every workshop. */
  workshopId: string;
}

const emptyDraft: Draft = { code: '', kind: 'percent', off: '', currency: 'eur', usesMax: '50', usesPerMember: '1', expiresAt: '', workshopId: '' };

/** The form that makes a coupon. */
export function CouponForm({ onMade }: { onMade: () => void }) {
  const { t } = useTranslation('desk');
  const queries = useQueryClient();
  const make = useRouteMutation(coupons.create);
  const [draft, setDraft] = useState(emptyDraft);
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  // One name per form that was filled in: a retry makes it once.
  const [clientCouponId] = useState(newClientId);
  const check = (field: string) => wrong.has(field) && t('publish.wrong');
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    setWrong(new Set());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = CreateCoupon.safeParse({ clientCouponId, ...readDraft(draft) });
    setWrong(new Set(read.success ? [] : read.error.issues.map((issue) => String(issue.path[0]))));
    if (!read.success) return;
    make.mutate(read.data, {
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: routeKey(coupons.list) });
        onMade();
      },
    });
  };
  return (
    <form className={styles['form']} onSubmit={submit} noValidate>
      <TextInput label={t('coupon.code')} inputWrapperOrder={['label', 'input', 'description', 'error']} description={t('coupon.codeHint')} required autoCapitalize="characters" autoComplete="off" spellCheck={false} value={draft.code} error={check('code')} onChange={(event) => change({ code: event.currentTarget.value })} data-autofocus />
      <Off draft={draft} change={change} error={check('off')} />
      <div className={styles['pair']}>
        <TextInput inputMode="numeric" label={t('coupon.usesMax')} required value={draft.usesMax} error={check('usesMax')} onChange={(event) => change({ usesMax: event.currentTarget.value })} />
        <TextInput inputMode="numeric" label={t('coupon.usesPerMember')} required value={draft.usesPerMember} error={check('usesPerMember')} onChange={(event) => change({ usesPerMember: event.currentTarget.value })} />
      </div>
      <WorkshopSelect draft={draft} change={change} />
      <TextInput type="datetime-local" label={t('coupon.until')} inputWrapperOrder={['label', 'input', 'description', 'error']} description={t('coupon.untilHint')} value={draft.expiresAt} error={check('expiresAt')} onChange={(event) => change({ expiresAt: event.currentTarget.value })} />
      <ErrorNote error={make.error} />
      <Group justify="flex-end"><Button type="submit" loading={make.isPending}>{t('coupon.make')}</Button></Group>
    </form>
  );
}

interface PartProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

function Off({ draft, change, error }: PartProps & { error: string | false }) {
  const { t } = useTranslation('desk');
  const isAmount = draft.kind === 'amount';
  return (
    <div className={isAmount ? styles['triple'] : styles['pair']}>
      <NativeSelect label={t('coupon.off')} data={[{ value: 'percent', label: t('coupon.percent') }, { value: 'amount', label: t('coupon.amount') }]} value={draft.kind} onChange={(event) => change({ kind: event.currentTarget.value === 'amount' ? 'amount' : 'percent' })} />
      <TextInput inputMode="decimal" label={isAmount ? t('coupon.amount') : t('coupon.percent')} required value={draft.off} error={error} onChange={(event) => change({ off: event.currentTarget.value })} />
      {isAmount && <NativeSelect label={t('publish.currency')} data={offeredCurrencies.map((value) => ({ value, label: value.toUpperCase() }))} value={draft.currency} onChange={(event) => change({ currency: event.currentTarget.value })} />}
    </div>
  );
}

function WorkshopSelect({ draft, change }: PartProps) {
  const { t } = useTranslation('desk');
  const list = useRouteQuery(workshops.list, {});
  const open = (list.data ?? []).filter(({ state }) => isAhead(state));
  return <NativeSelect label={t('coupon.for')} data={[{ value: '', label: t('coupon.every') }, ...open.map(({ id, title }) => ({ value: id, label: title }))]} value={draft.workshopId} onChange={(event) => change({ workshopId: event.currentTarget.value })} />;
}

function readDraft({ code, kind, off, currency, usesMax, usesPerMember, expiresAt, workshopId }: Draft) {
  const end = new Date(expiresAt);
  return {
    code,
    off: kind === 'percent' ? { kind, percent: Number(off) } : { kind, amount: readAmount(off, currency), currency },
    usesMax: Number(usesMax),
    usesPerMember: Number(usesPerMember),
    expiresAt: expiresAt === '' ? null : Number.isNaN(end.getTime()) ? '' : end.toISOString(),
    workshopId: workshopId === '' ? null : workshopId,
  };
}
