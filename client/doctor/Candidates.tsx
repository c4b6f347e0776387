import { useTranslation } from 'react-i18next';
import type { Candidate } from '../media/line/tryRoad.js';
import type { Trials } from './useTrials.js';
import styles from './doctor.module.css';

/** The server's first, each once. */
function candidatesOf(trials: Trials): Candidate[] {
  const seen = new Map<string, Candidate>();
  for (const trial of Object.values(trials)) {
    if (trial.state === 'tried') for (const candidate of trial.result.candidates) seen.set(Object.values(candidate).join(' '), candidate);
  }
  return [...seen.values()].toSorted((one, other) => other.side.localeCompare(one.side));
}

function placeOf({ address, port }: Pick<Candidate, 'address' | 'port'>): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** Where browsers are told to send media, as this one was. */
export function Announced({ trials }: { trials: Trials }) {
  const { t, i18n } = useTranslation('doctor');
  const places = candidatesOf(trials).filter(({ side }) => side === 'server').map((each) => `${each.protocol.toUpperCase()} ${placeOf(each)}`);
  if (places.length === 0) return null;
  return <p className={`${styles['announced']} tabular`}>{t('announced', { places: new Intl.ListFormat(i18n.language).format(places) })}</p>;
}

/** Every address that ICE found on either side, for whoever has to open a firewall. */
export function Candidates({ trials }: { trials: Trials }) {
  const { t } = useTranslation('doctor');
  const seen = candidatesOf(trials);
  if (seen.length === 0) return null;
  return (
    <details className={styles['candidates']}>
      <summary>{t('candidates.title', { count: seen.length })}</summary>
      <div className={styles['scroll']}>
        <table>
          <thead><tr>{(['side', 'kind', 'protocol', 'address'] as const).map((column) => <th key={column} scope="col">{t(`candidates.${column}`)}</th>)}</tr></thead>
          <tbody>
            {seen.map(({ side, kind, protocol, address, port }) => (
              <tr key={`${side} ${kind} ${protocol} ${address} ${port}`}>
                <td>{t(`candidates.${side}`)}</td>
                <td>{kind}</td>
                <td>{protocol.toUpperCase()}</td>
                <td className="tabular">{address === '' ? t('candidates.hidden') : placeOf({ address, port })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
