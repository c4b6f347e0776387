import { useTranslation } from 'react-i18next';
import type { ChangeLine, ChangePreview } from '../../../shared/contracts/memberships/memberships.js';
import { useFormat } from '../../ui/format.js';
import { usePerInterval } from '../offers/planWords.js';
import type { RunningMembership } from '../useMine.js';
import styles from '../memberships.module.css';

/** What a change costs, line by line, when it takes effect, and what is paid from then on. */
export function ChangeReckoning({ preview, running }: { preview: ChangePreview; running: RunningMembership }) {
  const { t } = useTranslation('memberships');
  const format = useFormat();
  const perInterval = usePerInterval();
  const { when, at, due, credit, currency, lines, next, plan } = preview;
  const money = (amount: number) => format.money({ amount, currency });
  return (
    <>
      {lines.length > 0 && <Lines lines={lines} due={due} money={money} />}
      <p>{when === 'at_period_end' ? t('change.later', { now: running.plan.tierName, when: format.date(at) }) : due === 0 ? `${t('change.free')} ${t('change.now')}` : t('change.now')}</p>
      {credit > 0 && <p>{t('change.credit', { amount: money(credit) })}</p>}
      <p>{t('change.next', { price: perInterval(next.price, plan.interval), when: format.date(next.at) })}</p>
    </>
  );
}

function Lines({ lines, due, money }: { lines: readonly ChangeLine[]; due: number; money: (amount: number) => string }) {
  const { t } = useTranslation('memberships');
  const words = ({ kind, tierName: tier, label }: ChangeLine) => (kind === 'other' ? label : t(`change.line.${kind}`, { tier }));
  return (
    <table className={styles['lines']} aria-label={t('change.reckon')}>
      <thead>
        <tr><th scope="col">{t('change.what')}</th><th scope="col">{t('change.amount')}</th></tr>
      </thead>
      <tbody>
        {lines.map((line, place) => (
          // Two lines may say the same; they come in Stripe's order and never move.
          <tr key={`${place} ${line.kind}`}><td>{words(line)}</td><td className="tabular">{money(line.amount)}</td></tr>
        ))}
      </tbody>
      <tfoot>
        <tr><th scope="row">{t('change.due')}</th><td className="tabular">{money(due)}</td></tr>
      </tfoot>
    </table>
  );
}
