import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RulesDraft } from './rulesDraft.js';
import styles from '../desk.module.css';

export interface RefundRulesFieldsProps {
  rules: RulesDraft;
  error: string | false;
  onChange: (rules: RulesDraft) => void;
}

/** What a member gets who gives the seat back: a choice of three, and the hours and percent that it needs. */
export function RefundRulesFields({ rules, error, onChange }: RefundRulesFieldsProps) {
  const { t } = useTranslation('refunds');
  const kinds: Record<RulesDraft['kind'], string> = { none: t('rules.none'), full: t('rules.full'), part: t('rules.part') };
  const field = (name: 'fullHours' | 'percent' | 'partHours', label: string) => (
    <TextInput inputMode="numeric" label={label} value={rules[name]} error={error} onChange={(event) => onChange({ ...rules, [name]: event.currentTarget.value })} />
  );
  return (
    <>
      <NativeSelect
        label={t('rules')} data={Object.entries(kinds).map(([value, label]) => ({ value, label }))} value={rules.kind}
        onChange={({ currentTarget: { value } }) => onChange({ ...rules, kind: value === 'part' || value === 'full' ? value : 'none' })}
      />
      {rules.kind !== 'none' && (
        <div className={styles['triple']}>
          {field('fullHours', t('rules.fullHours'))}
          {rules.kind === 'part' && field('percent', t('rules.percent'))}
          {rules.kind === 'part' && field('partHours', t('rules.partHours'))}
        </div>
      )}
    </>
  );
}
