import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { saveFile } from '../../ui/saveFile.js';

/** Asks for a file as CSV and saves it under a name; what went wrong is told beside the button. */
export function SaveCsv({ file, read }: { file: string; read: () => Promise<string> }) {
  const { t } = useTranslation('desk');
  const save = useMutation({ mutationFn: read, onSuccess: (text) => saveFile(file, 'text/csv', text) });
  return (
    <>
      <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={save.isPending} onClick={() => save.mutate()}>{t('money.export')}</Button>
      <ErrorNote error={save.error} />
    </>
  );
}
