import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation } from 'react-router';
import { Language } from '../../shared/roles.js';
import { signUp, useSession } from '../api/session.js';
import { AuthFrame } from './AuthFrame.js';
import { nextPath } from './nextPath.js';
import { PersonForm } from './PersonForm.js';

/** `/join`: a new member signs up, in the language the page speaks. */
export function JoinPage() {
  const { t, i18n } = useTranslation('members');
  const { status } = useSession();
  const { search } = useLocation();
  if (status === 'in') return <Navigate replace to={nextPath(search)} />;
  const footer = (
    <>
      {t('join.haveAccount')}{' '}
      <Anchor component={Link} underline="always" to={`/sign-in${search}`}>
        {t('join.signIn')}
      </Anchor>
    </>
  );
  return (
    <AuthFrame title={t('join.title')} text={t('join.text')} footer={footer}>
      <PersonForm person="new" submitLabel={t('join.submit')} submit={(values) => signUp({ ...values, language: Language.parse(i18n.language) })} />
    </AuthFrame>
  );
}
