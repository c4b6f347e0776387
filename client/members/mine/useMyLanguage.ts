import { useEffect } from 'react';
import { useSession } from '../../api/session.js';
import { speak } from '../../i18n/language.js';

/** Speaks the member's language wherever they sign in, and again when they change it. */
export function useMyLanguage(): void {
  const language = useSession().me?.language;
  useEffect(() => {
    if (language !== undefined) void speak(language);
  }, [language]);
}
