import { IconCornerUpRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { QuoteView } from '../../../shared/contracts/messages.js';
import { useConversation } from '../acts/conversation.js';
import { plainLine } from '../text/plainLine.js';
import { useName } from './useName.js';
import styles from './parts.module.css';

/** What a reply answers, in one line; it leads there. */
export function ReplyQuote({ quote }: { quote: QuoteView }) {
  const { t } = useTranslation('messages');
  const { jumpTo } = useConversation();
  const name = useName();
  const words = quote.excerpt === '' ? t('quoteDeleted') : plainLine(quote.excerpt);
  return (
    <button type="button" className={styles['quote']} onClick={() => jumpTo(quote.seq)}>
      <IconCornerUpRight size={14} aria-hidden="true" className={styles['arrow']} />
      <span className="unseen">{t('inReplyTo')}</span>
      <span className={styles['name']}>{name(quote.author)}</span>
      <span className={styles['words']} data-deleted={quote.excerpt === ''}>
        {words}
      </span>
    </button>
  );
}
