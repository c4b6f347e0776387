import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EntryGrant, EntryView } from '../../shared/contracts/rights/entry.js';
import { Badge } from '../ui/Badge.js';
import { Section } from '../ui/PageFrame.js';
import { useEntryWords } from './entryWords.js';
import { WaysIn } from './WaysIn.js';
import styles from './rights.module.css';

export interface ExplanationProps {
  view: EntryView;
  /** The reader is whom it is about: then there are buttons for what they can do. */
  isMine: boolean;
}

/** Whether one may enter, what decided it, every right there is or was, and what rules hold. */
export function Explanation({ view, isMine }: ExplanationProps) {
  const { t } = useTranslation('rights');
  const words = useEntryWords(isMine);
  const { canEnter } = view.verdict;
  const isFree = view.verdict.cause === 'everyone';
  return (
    <div className={styles['explanation']}>
      <section className={styles['verdict']} data-open={canEnter} aria-label={t('verdict')}>
        <span className={styles['sign']} aria-hidden="true">{canEnter ? <IconLockOpen size={24} /> : <IconLock size={24} />}</span>
        <div>
          <h2>{words.title(view)}</h2>
          <p>{words.cause(view)}</p>
        </div>
        {isMine && <WaysIn view={view} />}
      </section>
      <Rules view={view} isMine={isMine} />
      {(view.grants.length > 0 || !isFree) && (
        <Section title={t('grants')}>
          {view.grants.length === 0 ? <p className="meta">{t('grants.none')}</p> : <ul className={styles['rows']}>{view.grants.map((grant) => <GrantRow key={`${grant.source}${grant.startsAt}${grant.orderId ?? ''}${grant.tierName ?? ''}`} grant={grant} isMine={isMine} />)}</ul>}
        </Section>
      )}
    </div>
  );
}

const tones = { live: 'good', coming: 'accent', ended: 'plain' } as const;

function GrantRow({ grant, isMine }: { grant: EntryGrant; isMine: boolean }) {
  const { t } = useTranslation('rights');
  const words = useEntryWords(isMine);
  return (
    <li className={styles['row']}>
      <p className={styles['rowHead']}><b>{words.grant(grant)}</b> <Badge tone={tones[grant.state]}>{t(`state.${grant.state}`)}</Badge></p>
      <p className="meta">{words.span(grant)}</p>
      {isMine && grant.orderId !== null && <Link to={`/orders/${grant.orderId}`} className={styles['way']}>{t('seeOrder')}</Link>}
      {isMine && grant.state === 'live' && grant.reason === 'payment_failed' && <Link to="/membership" className={styles['way']}>{t('fixCard')}</Link>}
    </li>
  );
}

function Rules({ view: { restrictions, mode }, isMine }: ExplanationProps) {
  const { t } = useTranslation('rights');
  const { t: moderation } = useTranslation('moderation');
  const words = useEntryWords(isMine);
  const spoken = mode && mode.mode.kind !== 'normal' ? mode.mode : null;
  if (restrictions.length === 0 && spoken === null) return null;
  return (
    <Section title={t('rules')}>
      <ul className={styles['rows']}>
        {restrictions.map((restriction) => <li className={styles['row']} key={`${restriction.kind}${restriction.roomId ?? ''}${restriction.until ?? ''}`}><p>{words.restriction(restriction)}</p></li>)}
        {spoken && <li className={styles['row']}><p>{t('rule.mode', { mode: moderation(`mode.${spoken.kind}`) })}</p></li>}
      </ul>
    </Section>
  );
}
