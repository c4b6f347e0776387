import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog.js';
import { ActsSheet } from './ActsSheet.js';
import { useConversation, useOpened } from './conversation.js';
import { RemoveQuestion } from './RemoveQuestion.js';
import { Revisions } from './Revisions.js';
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

function Shortcuts({ close }: { close: () => void }) {
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

/** Whatever stands open over the conversation. */
export function Opened() {
  const { opened } = useConversation();
  const now = useOpened((one) => one);
  const close = (): void => opened.set(null);
  if (now === null) return null;
  if (now.kind === 'acts') return <ActsSheet message={now.message} close={close} />;
  if (now.kind === 'remove') return <RemoveQuestion message={now.message} close={close} />;
  if (now.kind === 'revisions') return <Revisions message={now.message} close={close} />;
  if (now.kind === 'shortcuts') return <Shortcuts close={close} />;
  return null;
}
