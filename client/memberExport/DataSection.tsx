import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { memberExport } from '../../shared/contracts/members.js';
import { request } from '../api/http.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { saveFile } from '../ui/saveFile.js';
import styles from '../members/members.module.css';

/** Everything the house keeps of me, as one file. */
export function DataSection() {
  const { t } = useTranslation('members');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      saveFile('my-data.json', 'application/json', JSON.stringify(await request(memberExport.show, {}), null, 2));
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={styles['section']}>
      <p>{t('dataText')}</p>
      <ErrorNote error={failure} />
      <div className={styles['actions']}>
        <Button variant="default" leftSection={<IconDownload size={17} aria-hidden />} loading={isBusy} onClick={() => void save()}>{t('dataSave')}</Button>
      </div>
    </div>
  );
}
