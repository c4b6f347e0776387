import { Button, Group, MultiSelect, Textarea, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../../api/useRoute.js';
import { members } from '../../../shared/contracts/members.js';
import { isStaff } from '../../../shared/roles.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { RefundRulesFields } from './RefundRulesFields.js';
import { SaleFields } from './sale/SaleFields.js';
import { usePublish, type Publishing } from './usePublish.js';
import styles from '../desk.module.css';

/** Hints stand below their field, so that fields side by side stand in line. */
const below: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

/** The form that announces a workshop and puts its seats on sale. */
export function PublishForm({ onPublished }: { onPublished: (workshopId: string) => void }) {
  const { t } = useTranslation('desk');
  const form = usePublish(onPublished);
  const { draft, change, wrong } = form;
  const check = (field: string) => wrong.has(field) && t('publish.wrong');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.publish();
  };
  return (
    <form className={styles['form']} onSubmit={submit} noValidate>
      <TextInput label={t('publish.title')} required value={draft.title} error={check('title')} onChange={(event) => change({ title: event.currentTarget.value })} data-autofocus />
      <Textarea label={t('publish.summary')} autosize minRows={3} maxRows={8} value={draft.summary} error={check('summary')} onChange={(event) => change({ summary: event.currentTarget.value })} />
      <Times form={form} check={check} />
      <Hosts form={form} error={check('hostIds')} />
      <SaleFields sale={draft.sale} onChange={(sale) => change({ sale })} check={check} />
      <TextInput inputMode="numeric" label={t('publish.certificate')} inputWrapperOrder={below} description={t('publish.certificateHint')} value={draft.certificatePercent} error={check('certificatePercent')} onChange={(event) => change({ certificatePercent: event.currentTarget.value })} />
      <RefundRulesFields rules={draft.refundRules} onChange={(refundRules) => change({ refundRules })} error={check('refundRules')} />
      <Textarea label={t('publish.refund')} inputWrapperOrder={below} description={t('publish.refundHint')} autosize value={draft.refundPolicy} error={check('refundPolicy')} onChange={(event) => change({ refundPolicy: event.currentTarget.value })} />
      <ErrorNote error={form.error} />
      <Group justify="flex-end"><Button type="submit" loading={form.isBusy}>{t('publish.go')}</Button></Group>
    </form>
  );
}

interface PartProps {
  form: Publishing;
  check: (field: string) => string | false;
}

function Times({ form: { draft, change }, check }: PartProps) {
  const { t } = useTranslation('desk');
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div className={styles['pair']}>
      <TextInput type="datetime-local" label={t('publish.starts')} inputWrapperOrder={below} description={t('publish.zone', { zone })} required value={draft.startsAt} error={check('startsAt')} onChange={(event) => change({ startsAt: event.currentTarget.value })} />
      <TextInput inputMode="numeric" label={t('publish.minutes')} required value={draft.minutes} error={check('minutes')} onChange={(event) => change({ minutes: event.currentTarget.value })} />
    </div>
  );
}

function Hosts({ form: { draft, change }, error }: { form: Publishing; error: string | false }) {
  const { t } = useTranslation('desk');
  const people = useRouteQuery(members.people, {});
  // Staff first: they are whom one looks for.
  const sorted = (people.data ?? []).toSorted((a, b) => Number(isStaff(b.role)) - Number(isStaff(a.role)) || a.name.localeCompare(b.name));
  return (
    <>
      <MultiSelect
        label={t('publish.hosts')} placeholder={draft.hostIds.length === 0 ? t('publish.hostsHint') : ''} required searchable maxValues={8} error={error}
        data={sorted.map(({ id, name }) => ({ value: id, label: name }))} value={draft.hostIds} onChange={(hostIds) => change({ hostIds })}
      />
      <ErrorNote error={people.error} retry={() => void people.refetch()} />
    </>
  );
}
