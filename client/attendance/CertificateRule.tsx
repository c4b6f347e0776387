import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { attendance, SetCertificateRule } from '../../shared/contracts/attendance/attendance.js';
import { workshops, type WorkshopView } from '../../shared/contracts/workshops.js';
import { useSession } from '../api/session.js';
import { routeKey, useRouteMutation } from '../api/useRoute.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { readPercent } from './readPercent.js';
import styles from './attendance.module.css';

/** What a certificate asks for. The organizer changes it until the workshop goes live. */
export function CertificateRule({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('attendance');
  const mayChange = useSession().me?.role === 'organizer' && workshop.state === 'scheduled';
  if (mayChange) return <RuleForm key={workshop.id} workshop={workshop} />;
  return <p className="meta">{workshop.certificatePercent === null ? t('rule.none') : t('rule.from', { percent: workshop.certificatePercent })}</p>;
}

function RuleForm({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('attendance');
  const queries = useQueryClient();
  const save = useRouteMutation(attendance.setRule);
  const [text, setText] = useState(String(workshop.certificatePercent ?? ''));
  const [isWrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = SetCertificateRule.safeParse({ workshopId: workshop.id, certificatePercent: readPercent(text) });
    setWrong(!read.success);
    if (read.success) save.mutate(read.data, { onSuccess: () => void queries.invalidateQueries({ queryKey: routeKey(workshops.list) }) });
  };
  return (
    <form className={styles['rule']} onSubmit={submit} noValidate>
      <TextInput inputMode="numeric" label={t('rule.label')} description={t('rule.hint')} value={text} error={isWrong && t('rule.wrong')} onChange={(event) => setText(event.currentTarget.value)} />
      <div className={styles['ruleFoot']}>
        <Button type="submit" variant="default" loading={save.isPending}>{t('rule.save')}</Button>
        <span role="status" className={styles['good']}>{save.isSuccess && t('rule.saved')}</span>
      </div>
      <ErrorNote error={save.error} />
    </form>
  );
}
