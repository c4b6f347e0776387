import { ActionIcon, Button, NativeSelect, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../../../api/useRoute.js';
import { tiers } from '../../../../shared/contracts/tiers.js';
import { limits } from '../../../../shared/limits.js';
import { emptyRule, type RuleDraft, type TypeDraft } from './saleDraft.js';
import styles from '../../desk.module.css';

export interface RuleFieldsProps {
  type: TypeDraft;
  /** The ticket's path, as `types.0`. */
  path: string;
  onChange: (rules: RuleDraft[]) => void;
  check: (field: string) => string | false;
}

/** What makes a ticket cheaper, a line each; the cheapest that holds wins. */
export function RuleFields({ type: { rules }, path, onChange, check }: RuleFieldsProps) {
  const { t } = useTranslation('desk');
  const change = (place: number, part: Partial<RuleDraft>) => onChange(rules.map((rule, at) => (at === place ? { ...rule, ...part } : rule)));
  const wrong = check(`${path}.rules`);
  return (
    <>
      {rules.map((rule, place) => (
        <div key={place} className={styles['row']} data-fields={3}>
          <NativeSelect label={t('sale.rule', { number: place + 1 })} data={[{ value: 'member', label: t('sale.forTier') }, { value: 'early', label: t('sale.untilDate') }, { value: 'first', label: t('sale.forFirst') }]} value={rule.kind} onChange={(event) => change(place, { kind: kindOf(event.currentTarget.value) })} />
          <Condition rule={rule} onChange={(part) => change(place, part)} error={check(`${path}.rules.${place}.${{ member: 'tierKey', early: 'until', first: 'count' }[rule.kind]}`)} />
          <TextInput inputMode="decimal" label={t('sale.rulePrice')} required value={rule.price} error={check(`${path}.rules.${place}.price`)} onChange={(event) => change(place, { price: event.currentTarget.value })} />
          <Tooltip label={t('sale.dropRule', { number: place + 1 })}>
            <ActionIcon variant="subtle" color="gray" aria-label={t('sale.dropRule', { number: place + 1 })} onClick={() => onChange(rules.filter((_rule, at) => at !== place))}><IconTrash size={18} /></ActionIcon>
          </Tooltip>
        </div>
      ))}
      {wrong && <p role="alert" className={styles['wrong']}>{t('sale.rulesWrong')}</p>}
      {rules.length < limits.priceRulesMax && <Button className={styles['start']} size="compact-sm" variant="subtle" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => onChange([...rules, emptyRule])}>{t('sale.addRule')}</Button>}
    </>
  );
}

/** For whom, until when, or for how many. */
function Condition({ rule, onChange, error }: { rule: RuleDraft; onChange: (part: Partial<RuleDraft>) => void; error: string | false }) {
  const { t } = useTranslation('desk');
  const list = useRouteQuery(tiers.list, {});
  if (rule.kind === 'early') return <TextInput type="datetime-local" label={t('sale.until')} required value={rule.until} error={error} onChange={(event) => onChange({ until: event.currentTarget.value })} />;
  if (rule.kind === 'first') return <TextInput inputMode="numeric" label={t('sale.count')} required value={rule.count} error={error} onChange={(event) => onChange({ count: event.currentTarget.value })} />;
  const named = (list.data ?? []).filter(({ rank }) => rank > 0).map(({ key, name }) => ({ value: key, label: name }));
  return <NativeSelect label={t('sale.tier')} data={[{ value: '', label: t('sale.chooseTier') }, ...named]} value={rule.tierKey} error={error} onChange={(event) => onChange({ tierKey: event.currentTarget.value })} />;
}

function kindOf(value: string): RuleDraft['kind'] {
  return value === 'early' || value === 'first' ? value : 'member';
}
