import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type ChangeEvent, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { SignIn, SignUp } from '../../shared/contracts/members.js';
import { limits } from '../../shared/limits.js';
import { isFailure } from '../api/problems.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import styles from './members.module.css';

export interface PersonValues {
  name: string;
  email: string;
  password: string;
}

type Field = keyof PersonValues;

export interface PersonFormProps {
  /** known: an account there is, email and password. new: one to be made, with a name and a new password. */
  person: 'known' | 'new';
  submitLabel: string;
  /** Where it fails, what it throws is shown above the button. */
  submit: (values: PersonValues) => Promise<void>;
}

/** Which fields are not as the contract wants them. */
function wrongFields(person: 'known' | 'new', { name, email, password }: PersonValues): ReadonlySet<string> {
  const read = person === 'new' ? SignUp.safeParse({ name, email, password }) : SignIn.safeParse({ email, password });
  return new Set(read.success ? [] : read.error.issues.map((issue) => String(issue.path[0])));
}

function refusedFields(error: unknown): ReadonlySet<string> {
  return new Set(isFailure(error, 'input.invalid') ? error.failure.data.problems.map((problem) => problem.path) : []);
}

/** What is typed, what is wrong with it, and the one submission under way. */
function usePersonForm({ person, submit }: PersonFormProps) {
  const [values, setValues] = useState<PersonValues>({ name: '', email: '', password: '' });
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);

  const send = async (): Promise<void> => {
    const problems = wrongFields(person, values);
    setWrong(problems);
    setFailure(null);
    if (problems.size > 0) return;
    setIsBusy(true);
    try {
      await submit(values);
    } catch (error) {
      setWrong(refusedFields(error));
      setFailure(error);
    } finally {
      setIsBusy(false);
    }
  };
  const field = (name: Field) => ({
    name,
    value: values[name],
    required: true,
    withAsterisk: false,
    onChange: (event: ChangeEvent<HTMLInputElement>) => setValues({ ...values, [name]: event.currentTarget.value }),
  });
  return { field, wrong, failure, isBusy, send };
}

/** The form of signing in, joining and setting up. */
export function PersonForm(props: PersonFormProps) {
  const { t } = useTranslation('members');
  const { field, wrong, failure, isBusy, send } = usePersonForm(props);
  const isNew = props.person === 'new';
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void send();
  };
  return (
    <form noValidate className={styles['form']} onSubmit={onSubmit}>
      {isNew && (
        <TextInput {...field('name')} label={t('name')} description={t('nameHint')} autoComplete="name" maxLength={limits.nameLength} error={wrong.has('name') && t('nameWrong')} />
      )}
      <TextInput {...field('email')} type="email" label={t('email')} autoComplete={isNew ? 'email' : 'username'} error={wrong.has('email') && t('emailWrong')} />
      <PasswordInput
        {...field('password')}
        label={t('password')}
        description={isNew ? t('passwordHint', { count: limits.passwordMinLength }) : undefined}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        error={wrong.has('password') && (isNew ? t('passwordWrong', { count: limits.passwordMinLength }) : t('passwordMissing'))}
        visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
      />
      <ErrorNote error={failure} />
      <Button type="submit" loading={isBusy}>
        {props.submitLabel}
      </Button>
    </form>
  );
}
