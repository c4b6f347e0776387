import { Modal, type ModalProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './styles/Dialog.module.css';

/** A dialog in the house's dress, whose closing button has a name. */
export function Dialog(props: Pick<ModalProps, 'opened' | 'onClose' | 'title' | 'size' | 'children'>) {
  const { t } = useTranslation();
  return <Modal {...props} classNames={{ title: styles['title'], header: styles['panel'], content: styles['panel'] }} closeButtonProps={{ 'aria-label': t('close') }} />;
}
