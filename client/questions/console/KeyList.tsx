import { Kbd } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './console.module.css';

/** All keys of the console. */
export function KeyList() {
  const { t } = useTranslation('questions');
  const keys = [
    ['j', t('key.down')], ['k', t('key.up')], ['a', t('key.approve')], ['n', t('key.now')], ['d', t('key.done')], ['x', t('key.dismiss')], ['o', t('key.reopen')],
    ['t', t('key.answer')], ['m', t('key.merge')], ['l', t('key.notes')], ['p', t('key.post')], ['u', t('key.undo')], ['?', t('key.help')],
  ];
  return <dl className={styles['keys']}>{keys.map(([key, word]) => <div key={key}><dt><Kbd>{key}</Kbd></dt><dd>{word}</dd></div>)}</dl>;
}
