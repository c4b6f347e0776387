import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Completion } from './useCompletion.js';
import styles from './CompletionList.module.css';

/** What is offered to complete what is being written. The keyboard stays in the field; the field names the active option. */
export function CompletionList({ completion }: { completion: Completion }) {
  const { t } = useTranslation('messages');
  const { offered, active, listId, optionId, choose } = completion;
  if (offered.length === 0) return null;
  return (
    <div id={listId} role="listbox" aria-label={t('completions')} className={styles['list']}>
      {offered.map((candidate, index) => {
        // The keys are the field's (`take`); a press must not take the focus from it.
        const press = { onPointerDown: (event: PointerEvent) => event.preventDefault(), onClick: () => choose(candidate) };
        return (
          <div key={candidate.key} id={optionId(index)} role="option" aria-selected={index === active} className={styles['option']} {...press}>
            {candidate.mark !== undefined && <span aria-hidden="true">{candidate.mark}</span>}
            {candidate.label}
          </div>
        );
      })}
    </div>
  );
}
