import { Input, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { members, type MeView } from '../../shared/contracts/members.js';
import { Language, Theme } from '../../shared/roles.js';
import { rememberMe } from '../api/session.js';
import { useRouteMutation } from '../api/useRoute.js';
import { languageNames } from '../i18n/language.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import styles from './members.module.css';

/** Which language the house speaks to me, and whether it is light or dark; both follow me to every device. */
export function LookSection({ me }: { me: MeView }) {
  const { t } = useTranslation();
  const save = useRouteMutation(members.updateProfile);
  const change = (part: { language?: Language; theme?: Theme }): void => save.mutate(part, { onSuccess: rememberMe });
  const themeNames: Record<Theme, string> = { system: t('theme.system'), light: t('theme.light'), dark: t('theme.dark') };
  return (
    <div className={styles['section']}>
      <Input.Wrapper label={t('language')} labelElement="div" id="language">
        <SegmentedControl
          fullWidth
          aria-label={t('language')}
          value={me.language}
          onChange={(value) => change({ language: Language.parse(value) })}
          data={Language.options.map((value) => ({ value, label: languageNames[value] }))}
        />
      </Input.Wrapper>
      <Input.Wrapper label={t('theme')} labelElement="div" id="theme">
        <SegmentedControl
          fullWidth
          aria-label={t('theme')}
          value={me.theme}
          onChange={(value) => change({ theme: Theme.parse(value) })}
          data={Theme.options.map((value) => ({ value, label: themeNames[value] }))}
        />
      </Input.Wrapper>
      <ErrorNote error={save.error} />
    </div>
  );
}
