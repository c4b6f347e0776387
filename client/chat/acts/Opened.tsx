import { useEffect } from 'react';
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

/** What has just closed may still give the keyboard back by itself (ms). */
const settleMs = 50;

/** When everything is closed, the keyboard goes back to where it was, or to the message that holds its place in the list. */
function useFocusReturn(): void {
  const { opened, current } = useConversation();
  useEffect(() => {
    let from: Element | null = null;
    const giveBack = (): void => {
      if (document.activeElement !== document.body && document.activeElement !== null) return;
      const row = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(current.get() ?? '')}"]`);
      const before = from instanceof HTMLElement && from !== document.body && from.isConnected ? from : row;
      before?.focus();
    };
    return opened.subscribe(() => {
      if (opened.get() === null) setTimeout(giveBack, settleMs);
      else from = document.activeElement;
    });
  }, [opened, current]);
}

/** Whatever stands open over the conversation. */
export function Opened() {
  const { opened } = useConversation();
  const now = useOpened((one) => one);
  useFocusReturn();
  const close = (): void => opened.set(null);
  if (now === null) return null;
  if (now.kind === 'acts') return <ActsSheet message={now.message} close={close} />;
  if (now.kind === 'remove') return <RemoveQuestion message={now.message} close={close} />;
  if (now.kind === 'revisions') return <Revisions message={now.message} close={close} />;
  if (now.kind === 'shortcuts') return <Shortcuts close={close} />;
  return null;
}
