import { Button, Group } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ChangeSale, workshops, type WorkshopView } from '../../../../shared/contracts/workshops.js';
import { newClientId } from '../../../api/clientId.js';
import { routeKey, useRouteMutation } from '../../../api/useRoute.js';
import { Dialog } from '../../../ui/Dialog.js';
import { ErrorNote } from '../../../ui/ErrorNote.js';
import { draftOfSale, readSale } from './saleDraft.js';
import { SaleFields } from './SaleFields.js';
import styles from '../../desk.module.css';

/** Changes what a published workshop sells, in a dialog that begins with what it sells now. */
export function EditSale({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('desk');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" size="sm" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setOpen(true)}>{t('sale.edit')}</Button>
      <Dialog opened={isOpen} onClose={() => setOpen(false)} title={t('sale.edit')} size="lg"><EditForm workshop={workshop} onSaved={() => setOpen(false)} /></Dialog>
    </>
  );
}

function EditForm({ workshop, onSaved }: { workshop: WorkshopView; onSaved: () => void }) {
  const { t } = useTranslation('desk');
  const queries = useQueryClient();
  const change = useRouteMutation(workshops.changeSale);
  // What was seen when the dialog opened, and one name for what is made of it: a retry makes it once.
  const [{ revision, clientChangeId }] = useState({ revision: workshop.saleRevision, clientChangeId: newClientId() });
  const [sale, setSale] = useState(() => draftOfSale(workshop));
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const save = (event: FormEvent) => {
    event.preventDefault();
    const { pools, types } = readSale(sale);
    const read = ChangeSale.safeParse({ workshopId: workshop.id, clientChangeId, revision, pools, types });
    setWrong(new Set(read.success ? [] : read.error.issues.map((issue) => issue.path.join('.'))));
    if (!read.success) return;
    change.mutate(read.data, {
      onSuccess: (view) => {
        queries.setQueryData(routeKey(workshops.show, { workshopId: view.id }), view);
        void queries.invalidateQueries({ queryKey: routeKey(workshops.list) });
        onSaved();
      },
    });
  };
  return (
    <form className={styles['form']} onSubmit={save} noValidate>
      <p className="meta">{t('sale.editHint')}</p>
      <SaleFields isOnSale sale={sale} onChange={setSale} check={(field) => wrong.has(field) && t('publish.wrong')} />
      <ErrorNote error={change.error} />
      <Group justify="flex-end"><Button type="submit" loading={change.isPending}>{t('sale.save')}</Button></Group>
    </form>
  );
}
