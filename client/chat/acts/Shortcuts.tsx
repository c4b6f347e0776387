import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog.js';
import { shortcuts } from './useActs.js';
import styles from './Opened.module.css';

/** The keys that are not a message's acts, each with the word for what it does. */
const otherKeys = [
  ['↑ ↓', 'keys.move'],
  ['Home End', 'keys.ends'],
  ['Enter', 'keys.acts'],
  ['Esc', 'keys.write'],
  ['?', 'keys.list'],
  ['Alt Shift ↑ ↓', 'keys.nextUnread'],
  ['Esc Esc', 'keys.markRead'],
] as const;

/** What the keyboard can do in the list. */
export function Shortcuts({ close }: { close: () => void }) {
  const { t } = useTranslation('messages');
  const rows = [...otherKeys.map(([key, name]) => ({ key, words: t(name) })), ...shortcuts.map(({ name, shortcut }) => ({ key: shortcut, words: t(`act.${name}`) }))];
  return (
    <Dialog opened onClose={close} title={t('keys')}>
      <p className="meta">{t('keysWhere')}</p>
      <dl className={styles['keys']}>
        {rows.map(({ key, words }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
