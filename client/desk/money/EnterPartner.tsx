import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog.js';
import { PartnerForm } from './PartnerForm.js';

/** The button to the form for what a partner paid. */
export function EnterPartner() {
  const { t } = useTranslation('desk');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen(true)}>{t('partner.new')}</Button>
      <Dialog opened={isOpen} onClose={() => setOpen(false)} title={t('partner.new')}><PartnerForm onDone={() => setOpen(false)} /></Dialog>
    </>
  );
}
