import { Button, NumberInput, Switch } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { questions, type QueueSettings } from '../../../shared/contracts/live/questions.js';
import { limits } from '../../../shared/limits.js';
import { request } from '../../api/http.js';
import { call } from '../../api/socket.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { saveFile } from '../../ui/saveFile.js';
import styles from './console.module.css';

/** How questions are taken, and what was asked as a file. */
export function QueueTools({ workshopId, settings }: { workshopId: string; settings: QueueSettings }) {
  const { t } = useTranslation('questions');
  const [error, setError] = useState<unknown>(null);
  const run = async (work: () => Promise<unknown>) => {
    setError(null);
    try {
      await work();
    } catch (failure) {
      setError(failure);
    }
  };
  const set = (part: Partial<QueueSettings>) => void run(() => call(questions.setQueue, { workshopId, ...settings, ...part }));
  const save = (format: 'markdown' | 'csv') =>
    void run(async () => {
      const file = await request(questions.export, { workshopId, format });
      saveFile(file.name, file.type, file.text);
    });
  return (
    <>
      <Switch className={styles['moderated']} label={t('queue.moderated')} checked={settings.isModerated} onChange={(event) => set({ isModerated: event.currentTarget.checked })} />
      <NumberInput
        key={settings.openMax} size="xs" className={styles['openMax']} label={t('queue.openMax')} min={1} max={limits.openQuestionsMax} clampBehavior="strict" allowDecimal={false} defaultValue={settings.openMax}
        onBlur={(event) => {
          const openMax = Number(event.currentTarget.value);
          if (openMax >= 1 && openMax !== settings.openMax) set({ openMax });
        }}
      />
      <Button size="xs" variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={() => save('markdown')}>{t('queue.faq')}</Button>
      <Button size="xs" variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={() => save('csv')}>{t('queue.table')}</Button>
      <ErrorNote error={error} />
    </>
  );
}
