import { Button, FileButton, Textarea } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { certificates } from '../../shared/contracts/attendance/certificates.js';
import { useRouteMutation } from '../api/useRoute.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { PageFrame } from '../ui/PageFrame.js';
import { CertificateCard } from './CertificateCard.js';
import { findStatement } from './findStatement.js';
import styles from './certificates.module.css';

/** `/certificates`: checks a certificate's file or its signed statement; no account is needed. */
export function CheckPage() {
  const { t } = useTranslation('certificates');
  const verify = useRouteMutation(certificates.verify);
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const check = (from: string) => {
    const statement = findStatement(from);
    verify.reset();
    setMissing(statement === null);
    if (statement !== null) verify.mutate({ statement });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    check(text);
  };
  return (
    <PageFrame title={t('check.title')} width="reading">
      <p className={styles['lead']}>{t('check.text')}</p>
      <FileButton accept=".pdf,.jws,application/pdf,text/plain" onChange={(file) => void file?.arrayBuffer().then((bytes) => check(new TextDecoder('latin1').decode(bytes)))}>
        {(props) => <Button {...props} leftSection={<IconFileUpload size={17} aria-hidden />}>{t('check.file')}</Button>}
      </FileButton>
      <form className={styles['paste']} onSubmit={submit}>
        <Textarea label={t('check.paste')} minRows={3} maxRows={8} autosize spellCheck={false} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <Button type="submit" variant="default" loading={verify.isPending} disabled={text.trim() === ''}>{t('check.go')}</Button>
      </form>
      <div aria-live="polite" className={styles['outcome']}>
        {isMissing && <p className={styles['missing']}>{t('check.missing')}</p>}
        <ErrorNote error={verify.error} />
        {verify.data && (
          <>
            <p>{t('check.compare')}</p>
            <CertificateCard certificate={verify.data} />
          </>
        )}
      </div>
    </PageFrame>
  );
}
