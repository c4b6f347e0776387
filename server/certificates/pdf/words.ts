/** What a certificate says on paper, in each language of the house. */
import type { CertificateFacts } from '../../../shared/contracts/attendance/certificates.js';
import type { Language } from '../../../shared/roles.js';

export interface CertificateWords {
  title: string;
  lead: string;
  attended: string;
  /** From when to when it was live, in UTC: paper has no reader's zone. */
  when: string;
  presence: string;
  issued: string;
  check: string;
}

/** The words around a certificate's facts. */
export function wordsOf(facts: CertificateFacts, language: Language): CertificateWords {
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  const [liveAt, endedAt] = [new Date(facts.liveAt), new Date(facts.endedAt)];
  const until = day.format(liveAt) === day.format(endedAt) ? time.format(endedAt) : `${day.format(endedAt)} ${time.format(endedAt)}`;
  return texts[language](facts, { when: `${day.format(liveAt)} ${time.format(liveAt)} – ${until} UTC`, issued: day.format(new Date(facts.issuedAt)) });
}

type Told = Pick<CertificateWords, 'when' | 'issued'>;

const texts: Record<Language, (facts: CertificateFacts, told: Told) => CertificateWords> = {
  en: ({ minutes, percent }, { when, issued }) => ({
    title: 'Certificate of attendance',
    lead: 'This certifies that',
    attended: 'took part in the live workshop',
    when,
    presence: `Present for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, ${percent} % of the time it was live`,
    issued: `Issued on ${issued}`,
    check: 'Check this certificate at',
  }),
  'zh-CN': ({ minutes, percent }, { when, issued }) => ({
    title: '出席证书',
    lead: '兹证明',
    attended: '参加了线上直播工作坊',
    when,
    presence: `出席 ${minutes} 分钟，占直播时长的 ${percent}%`,
    issued: `颁发日期：${issued}`,
    check: '在此网址核验本证书',
  }),
};
