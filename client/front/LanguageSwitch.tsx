import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Language } from '../../shared/roles.js';
import { languageNames, speak } from '../i18n/language.js';

/** Changes to the other language, named in itself. */
export function LanguageSwitch() {
  const { i18n } = useTranslation();
  const other = Language.options.find((language) => language !== i18n.language) ?? 'en';
  return (
    <Button variant="subtle" color="gray" lang={other} onClick={() => void speak(other)} px="xs">
      {languageNames[other]}
    </Button>
  );
}
