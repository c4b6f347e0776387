/** What the members' routes take and refuse. */
import { describe, expect, it } from 'vitest';
import { members } from '../../shared/contracts/members.js';
import { limits } from '../../shared/limits.js';

const account = { email: 'ada@example.org', name: 'Ada', password: 'correct horse' };
const id = 'b'.repeat(24);

describe('signing up', () => {
  it.each([
    ['an account', account, account],
    ['an e-mail in any writing', { ...account, email: '  Ada@Example.ORG ' }, account],
    ['a name with blanks around it', { ...account, name: ' Ada ' }, account],
    ['a name in any script, and emoji', { ...account, name: 'Wei 张伟 علي\u200cرضا 👩\u200d🚀' }, { ...account, name: 'Wei 张伟 علي\u200cرضا 👩\u200d🚀' }],
    ['a language', { ...account, language: 'zh-CN' }, { ...account, language: 'zh-CN' }],
    ['a password with blanks, as it is', { ...account, password: '  ten chars ' }, { ...account, password: '  ten chars ' }],
  ])('takes %s', (_name, input, read) => {
    expect(members.signUp.input.parse(input)).toEqual(read);
  });

  it.each([
    ['no e-mail', { ...account, email: '' }],
    ['an e-mail without a place', { ...account, email: 'ada' }],
    ['an e-mail that is an operator', { ...account, email: { $gt: '' } }],
    ['an e-mail that is too long', { ...account, email: `${'a'.repeat(limits.emailLength)}@example.org` }],
    ['a name of blanks', { ...account, name: '   ' }],
    ['a name that nobody can see', { ...account, name: '\u200b\u200d' }],
    ['a name of two lines', { ...account, name: 'Ada\nLovelace' }],
    ['a name that turns round what stands beside it', { ...account, name: 'Ada\u202e' }],
    ['a name that is too long', { ...account, name: 'a'.repeat(limits.nameLength + 1) }],
    ['a password that is too short', { ...account, password: 'a'.repeat(limits.passwordMinLength - 1) }],
    ['a password that is too long', { ...account, password: 'a'.repeat(limits.passwordMaxLength + 1) }],
    ['a language we do not speak', { ...account, language: 'xx' }],
    ['a role of their own choice', { ...account, role: 'organizer' }],
  ])('refuses %s', (_name, input) => {
    expect(members.signUp.input.safeParse(input).success).toBe(false);
  });
});

describe('signing in', () => {
  it('takes a password of any length, so that the answer says nothing about the rules', () => {
    expect(members.signIn.input.safeParse({ email: account.email, password: 'x' }).success).toBe(true);
  });

  it.each([
    ['an operator for a password', { email: account.email, password: { $ne: '' } }],
    ['no password', { email: account.email, password: '' }],
    ['a list of e-mails', { email: [account.email], password: 'x' }],
  ])('refuses %s', (_name, input) => {
    expect(members.signIn.input.safeParse(input).success).toBe(false);
  });
});

describe('the profile', () => {
  it.each([
    ['nothing at all', {}],
    ['a name alone', { name: 'Ada' }],
    ['a theme alone', { theme: 'dark' }],
  ])('takes %s', (_name, input) => {
    expect(members.updateProfile.input.parse(input)).toEqual(input);
  });

  it.each([
    ['a role', { role: 'organizer' }],
    ['an e-mail', { email: 'eve@example.org' }],
    ['a password hash', { passwordHash: 'x' }],
    ['a theme nobody painted', { theme: 'pink' }],
  ])('refuses %s', (_name, input) => {
    expect(members.updateProfile.input.safeParse(input).success).toBe(false);
  });
});

describe('roles and tiers', () => {
  it.each([
    ['a role', members.setRole.input, { memberId: id, role: 'host' }],
    ['a tier', members.giveTier.input, { memberId: id, tierKey: 'supporter' }],
    ['no tier any more', members.giveTier.input, { memberId: id, tierKey: null }],
  ])('take %s', (_name, schema, input) => {
    expect(schema.parse(input)).toEqual(input);
  });

  it.each([
    ['a role nobody has', members.setRole.input, { memberId: id, role: 'king' }],
    ['a member that is an operator', members.setRole.input, { memberId: { $ne: null }, role: 'host' }],
    ['a tier that was left out', members.giveTier.input, { memberId: id }],
    ['a tier that is an operator', members.giveTier.input, { memberId: id, tierKey: { $gt: '' } }],
  ])('refuse %s', (_name, schema, input) => {
    expect(schema.safeParse(input).success).toBe(false);
  });
});
